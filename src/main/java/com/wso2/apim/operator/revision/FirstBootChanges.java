package com.wso2.apim.operator.revision;

import java.util.List;

/**
 * What became of changes that were made after the first boot.
 *
 * @param heldBack those that nodes are kept from
 * @param taken those that nodes take over, because somebody says that the databases know them too
 * @param unmatched acknowledgements that stand for no change
 */
public record FirstBootChanges(List<Change> heldBack, List<Change> taken, List<String> unmatched) {

    /** Nothing was changed, nothing is acknowledged. */
    public static final FirstBootChanges NONE = new FirstBootChanges(List.of(), List.of(), List.of());

    /**
     * One change.
     *
     * @param secret name of the Secret that holds the new value
     * @param token stands for this change alone; whoever does not have the deployment's store password learns nothing from it
     */
    public record Change(FirstBootValue value, String secret, String token) {}
}
