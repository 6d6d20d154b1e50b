package com.wso2.apim.operator.model;

import java.util.List;

/** Who dials whom, and in which order nodes first boot. */
public interface Wiring {

    /** What one node dials. */
    Links links(Node node);

    /** The same for other numbers of nodes. */
    Wiring of(int allInOnes, int trafficManagers);

    /** Steps of the first boot; a step starts when every node of those before is Ready. */
    List<List<Node>> bootOrder();

    /** Tiers in the order in which a change reaches them. */
    List<Role> rollOrder();

    /** A data-bridge receiver: plain and authenticated URL. */
    record Receiver(String url, String authUrl) {}

    /**
     * What one node dials.
     *
     * @param keyManagerService web services of the Key Manager
     * @param deploysPolicies whether the node decides on throttling itself
     * @param decisionBrokers brokers on which throttling decisions are heard
     * @param decisionReceivers receivers of throttling events, one group each
     * @param decisionDuplicates brokers to which the node copies its own throttling decisions
     * @param eventHubService web services of the event hub
     * @param eventBrokers brokers on which events of the event hub are heard
     * @param eventReceivers receivers of events for the event hub, one group each
     * @param eventDuplicates brokers to which the node copies its own events
     */
    record Links(
            String keyManagerService,
            boolean deploysPolicies,
            List<String> decisionBrokers,
            List<Receiver> decisionReceivers,
            List<String> decisionDuplicates,
            String eventHubService,
            List<String> eventBrokers,
            List<Receiver> eventReceivers,
            List<String> eventDuplicates) {}
}
