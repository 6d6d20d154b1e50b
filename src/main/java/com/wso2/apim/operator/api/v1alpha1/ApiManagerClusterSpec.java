package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** What the user wants. Every absent field has the value that its description names. */
// Rules stand on records, never on components: there the generator emits them twice, and server-side apply refuses the
// CRD.
@ValidationRule(
        value = "self.version == oldSelf.version || " + ApiManagerClusterSpec.STAYS_SUSPENDED,
        fieldPath = ".version",
        message =
                "version can be changed only while the deployment is suspended, because the databases are migrated with "
                        + "all nodes down: set suspend: true first, and migrate as docs/upgrade.md says")
@ValidationRule(
        value = "self.version >= oldSelf.version",
        fieldPath = ".version",
        message = "version cannot be lowered, because an earlier version cannot read migrated databases: restore the "
                + "databases and the keys from before the upgrade, delete this ApiManagerCluster, and create it again with "
                + "the earlier version")
@ValidationRule(
        value = "self.version == oldSelf.version || !(self.version in " + ProductVersion.ENCRYPTING_WITH_KEY
                + ") || oldSelf.version in " + ProductVersion.ENCRYPTING_WITH_KEY + " || has(self.encryption)",
        fieldPath = ".encryption",
        message = "this version no longer encrypts stored secrets as the one before: write encryption.type: "
                + "InternalKeyStore to go on with the internal key pair, or, if what the databases hold was encrypted anew, "
                + "name the Secret with that key in encryption.secretRef")
@ValidationRule(
        value =
                "self.version != oldSelf.version || (has(self.encryption) && self.encryption.type == 'InternalKeyStore') == "
                        + "(has(oldSelf.encryption) && oldSelf.encryption.type == 'InternalKeyStore') || "
                        + ApiManagerClusterSpec.STAYS_SUSPENDED,
        fieldPath = ".encryption.type",
        message =
                "encryption.type can be changed only while the deployment is suspended, because what the databases hold "
                        + "is encrypted anew with all nodes down: set suspend: true first")
@ValidationRule(
        value = ApiManagerClusterSpec.NO_ENVIRONMENTS + "self.gateway.environments.all(environment, "
                + "(!has(environment.hostname) || environment.hostname != self.hostnames.api) && "
                + "(!has(environment.virtualHosts) || "
                + "environment.virtualHosts.all(host, host.hostname != self.hostnames.api)))",
        fieldPath = ".gateway.environments",
        message = "no environment or virtual host may have the host name hostnames.api, which leads to the portals: "
                + "choose another, for example gw.am.example.com")
@ValidationRule(
        value = ApiManagerClusterSpec.NO_ENVIRONMENTS + "self.gateway.environments.all(environment, "
                + "has(environment.hostname) || !has(environment.virtualHosts) || "
                + "environment.virtualHosts.all(host, host.hostname != self.hostnames.gateway))",
        fieldPath = ".gateway.environments",
        message = "an environment without hostname has the host name hostnames.gateway: remove that one from its "
                + "virtualHosts")
@ValidationRule(
        value = ApiManagerClusterSpec.NO_ENVIRONMENTS + "self.gateway.environments.all(environment, "
                + "[has(self.hostnames.websocket) ? self.hostnames.websocket : '', "
                + "has(self.hostnames.websub) ? self.hostnames.websub : ''].all(own, "
                + "(!has(environment.hostname) || environment.hostname != own) && "
                + "(!has(environment.virtualHosts) || environment.virtualHosts.all(host, host.hostname != own))))",
        fieldPath = ".gateway.environments",
        message =
                "no environment or virtual host may have the host name hostnames.websocket or hostnames.websub, which "
                        + "lead to other ports: choose another, for example gw.am.example.com")
@ValidationRule(
        value = ApiManagerClusterSpec.IS_NEW + "has(self.admin)",
        fieldPath = ".admin",
        message = "with database.bootstrap: Existing the databases know an administrator already: put user name and "
                + "password of that one into a Secret and name it in admin.secretRef")
@ValidationRule(
        value = ApiManagerClusterSpec.IS_NEW + "(has(self.keystores) && has(self.keystores.primary) && "
                + "self.keystores.primary.source == 'Secret')",
        fieldPath = ".keystores.primary",
        message = "with database.bootstrap: Existing tokens are signed with a key that clients know already: write "
                + "keystores.primary.source: Secret and name the Secret that holds it in keystores.primary.secret.name")
@ValidationRule(
        value = ApiManagerClusterSpec.IS_NEW + "(has(self.keystores) && has(self.keystores.internal) && "
                + "self.keystores.internal.source == 'Secret')",
        fieldPath = ".keystores.internal",
        message =
                "with database.bootstrap: Existing the databases hold secrets that are encrypted already: write "
                        + "keystores.internal.source: Secret and name the Secret with the key pair in keystores.internal.secret.name")
@ValidationRule(
        value = ApiManagerClusterSpec.IS_NEW + "!(self.version in " + ProductVersion.ENCRYPTING_WITH_KEY
                + ") || has(self.encryption)",
        fieldPath = ".encryption",
        message =
                "with database.bootstrap: Existing the databases hold secrets that are encrypted with a key already: put "
                        + "it into a Secret and name that in encryption.secretRef, or write encryption.type: InternalKeyStore "
                        + "if they are encrypted with the internal key pair")
public record ApiManagerClusterSpec(
        @Required
        @JsonPropertyDescription("Product version: decides the dialect of deployment.toml and the layout of the image.")
        ProductVersion version,

        @Required @JsonPropertyDescription("Public host names.")
        Hostnames hostnames,

        @Required @JsonPropertyDescription("Shared databases.")
        Database database,

        @JsonPropertyDescription("Administrator. Default: generated into the Secret <name>-admin.")
        Admin admin,

        @JsonPropertyDescription(
                "Key of stored secrets, for versions that encrypt with one. Default: generated into the "
                        + "Secret <name>-encryption.")
        Encryption encryption,

        @JsonPropertyDescription("Key pairs of the nodes. Default: generated into the Secret <name>-keys.")
        KeyStoresSpec keystores,

        @JsonPropertyDescription("Whom the nodes trust.") TrustStoreSpec truststore,

        @JsonPropertyDescription("Changes of what the first boot wrote into the databases.")
        CredentialsSpec credentials,

        @Default("{}")
        @JsonPropertyDescription("Nodes with Publisher, Developer Portal, Admin Portal, Key Manager and Gateway.")
        Tier allInOne,

        @Default("{}") @JsonPropertyDescription("Nodes that decide on throttling.")
        Tier trafficManager,

        @JsonPropertyDescription("The gateways inside the all-in-one nodes.")
        Gateway gateway,

        @JsonPropertyDescription("Throttling by the Traffic Managers.")
        Throttling throttling,

        @Default("{}") @JsonPropertyDescription("Distributed cache invalidation between the all-in-one nodes.")
        CacheInvalidation cacheInvalidation,

        @Default("{}") @JsonPropertyDescription("Access from outside the cluster.")
        Exposure exposure,

        @Default("{}") @JsonPropertyDescription("Access from inside the cluster.")
        NetworkPolicySpec networkPolicy,

        @JsonPropertyDescription("The ServiceAccount of all nodes, which the operator makes.")
        ServiceAccountSpec serviceAccount,

        @Default("{}") @JsonPropertyDescription("When nodes are restarted.")
        RolloutSpec rollout,

        @JsonPropertyDescription(
                "Whether no node is to run. True stops the all-in-one nodes, then the Traffic Managers, and keeps everything "
                        + "else; false, or nothing, starts the nodes again in the order of the first boot. Default: false.")
        Boolean suspend,

        @Default("Retain")
        @JsonPropertyDescription("What becomes of the generated administrator, authority and keys, and of the nodes' "
                + "volumes, when the resource is deleted. Retain: they stay, and an ApiManagerCluster of the same name "
                + "uses them again. Delete: they go with it.")
        Retention retention,

        @JsonPropertyDescription("Settings of deployment.toml that have no field of their own, as TOML.")
        ConfigOverlays config) {

    static final String STAYS_SUSPENDED =
            "(has(self.suspend) && self.suspend && has(oldSelf.suspend) && oldSelf.suspend)";
    static final String IS_NEW = "self.database.bootstrap == 'New' || ";
    static final String NO_ENVIRONMENTS = "!has(self.gateway) || !has(self.gateway.environments) || ";
}
