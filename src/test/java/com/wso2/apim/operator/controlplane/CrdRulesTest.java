package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.docs.ProblemsPage;
import com.wso2.apim.operator.model.Dialect;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the API server refuses, and what it says. */
@OnControlPlane
class CrdRulesTest {

    private static final String NAMESPACE = "crd-rules";
    private static KubernetesClient client;

    @BeforeAll
    static void create(ControlPlane controlPlane) throws IOException {
        client = controlPlane.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        client.resource(example()).create();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'hostnames':{'gateway':'api.am.example.com'}} | spec.hostnames.gateway: Invalid value: hostnames.api and hostnames.gateway must differ: portals and API traffic are two virtual hosts, for example api.am.example.com and gw.am.example.com",
                "{'hostnames':{'api':'https://api.am.example.com'}} | spec.hostnames.api in body should match",
                "{'hostnames':{'api':'API.am.example.com'}} | spec.hostnames.api in body should match",
                "{'version':'4.1.0'} | spec.version: Unsupported value: \"4.1.0\": supported values: \"4.2.0\", \"4.3.0\", \"4.4.0\", \"4.5.0\", \"4.6.0\", \"4.7.0\"",
                "{'version':'4.6.0'} | spec.version: Invalid value: version can be changed only while the deployment is suspended, because the databases are migrated with all nodes down: set suspend: true first, and migrate as docs/upgrade.md says",
                "{'version':'4.6.0','suspend':true} | spec.version: Invalid value: version can be changed only while the deployment is suspended",
                "{'version':'4.4.0','suspend':true} | spec.version: Invalid value: version cannot be lowered, because an earlier version cannot read migrated databases: restore the databases and the keys from before the upgrade, delete this ApiManagerCluster, and create it again with the earlier version",
                "{'version':'4.7.0','suspend':true} | spec.encryption: Invalid value: this version no longer encrypts stored secrets as the one before: write encryption.type: InternalKeyStore to go on with the internal key pair, or, if what the databases hold was encrypted anew, name the Secret with that key in encryption.secretRef",
                "{'encryption':{'type':'InternalKeyStore'}} | spec.encryption.type: Invalid value: encryption.type can be changed only while the deployment is suspended, because what the databases hold is encrypted anew with all nodes down: set suspend: true first",
                "{'encryption':{}} | spec.encryption.secretRef: Invalid value: with encryption.type: Key the key must be given: name the Secret that holds it in encryption.secretRef; with InternalKeyStore there is none: remove encryption.secretRef",
                "{'encryption':{'type':'None'}} | spec.encryption.type: Unsupported value: \"None\": supported values: \"InternalKeyStore\", \"Key\"",
                "{'rollout':{'restartedAt':'yesterday at noon, UTC'}} | spec.rollout.restartedAt in body should match",
                "{'rollout':{'restartedAt':'2027-13-01T00:00:00Z'}} | spec.rollout.restartedAt in body should match",
                "{'rollout':{'restartedAt':'2027-01-31T08:00:00'}} | spec.rollout.restartedAt",
                "{'suspend':'yes'} | spec.suspend: Invalid value: \"string\": spec.suspend in body must be of type boolean",
                "{'database':{'type':'MySQL'}} | spec.database.type: Invalid value: database.type cannot be changed: the data stays in the old database; create another ApiManagerCluster for the new one",
                "{'database':{'bootstrap':'Existing'}} | spec.database.bootstrap: Invalid value: database.bootstrap cannot be changed: it says whose the databases were before the first boot; to start again, delete the ApiManagerCluster and create it with the other value",
                "{'database':{'bootstrap':'Existing'}} | spec.admin: Invalid value: with database.bootstrap: Existing the databases know an administrator already: put user name and password of that one into a Secret and name it in admin.secretRef",
                "{'database':{'bootstrap':'Existing'}} | spec.keystores.primary: Invalid value: with database.bootstrap: Existing tokens are signed with a key that clients know already: write keystores.primary.source: Secret and name the Secret that holds it in keystores.primary.secret.name",
                "{'database':{'bootstrap':'Existing'}} | spec.keystores.internal: Invalid value: with database.bootstrap: Existing the databases hold secrets that are encrypted already: write keystores.internal.source: Secret and name the Secret with the key pair in keystores.internal.secret.name",
                "{'version':'4.7.0','database':{'bootstrap':'Existing'}} | spec.encryption: Invalid value: with database.bootstrap: Existing the databases hold secrets that are encrypted with a key already: put it into a Secret and name that in encryption.secretRef, or write encryption.type: InternalKeyStore if they are encrypted with the internal key pair",
                "{'database':{'bootstrap':'Seeded'}} | spec.database.bootstrap: Unsupported value: \"Seeded\": supported values: \"Existing\", \"New\"",
                "{'retention':'Keep'} | spec.retention: Unsupported value: \"Keep\": supported values: \"Delete\", \"Retain\"",
                "{'database':{'type':'MongoDB'}} | spec.database.type: Unsupported value: \"MongoDB\": supported values: \"DB2\", \"MSSQL\", \"MariaDB\", \"MySQL\", \"Oracle\", \"PostgreSQL\"",
                "{'database':{'apim':{'url':'jdbc:mysql://m:3306/a'}}} | spec.database.apim.url: Invalid value: database.apim.url must fit database.type: write jdbc:mysql://host:3306/name for MySQL, jdbc:mariadb://host:3306/name for MariaDB, jdbc:postgresql://host:5432/name for PostgreSQL, jdbc:sqlserver://host:1433;databaseName=name for MSSQL, jdbc:oracle:thin:@//host:1521/service for Oracle, jdbc:db2://host:50000/name for DB2",
                "{'database':{'shared':{'url':'jdbc:mysql://m:3306/a'}}} | spec.database.shared.url: Invalid value: database.shared.url must fit database.type: write jdbc:mysql://host:3306/name for MySQL, jdbc:mariadb://host:3306/name for MariaDB, jdbc:postgresql://host:5432/name for PostgreSQL, jdbc:sqlserver://host:1433;databaseName=name for MSSQL, jdbc:oracle:thin:@//host:1521/service for Oracle, jdbc:db2://host:50000/name for DB2",
                "{'database':{'shared':{'url':'jdbc:postgresql://postgres.db.svc:5432/apim_db'}}} | spec.database.shared.url: Invalid value: database.apim.url and database.shared.url must name two databases: both hold tables of the same name",
                "{'database':{'apim':{'url':'jdbc:postgresql://me:pw@host:5432/a'}}} | spec.database.apim.url: Invalid value: the URL must not hold credentials: put user name and password into a Secret and name it in credentialsSecretRef",
                "{'database':{'apim':{'url':'jdbc:postgresql://host:5432/a?user=me&password=pw'}}} | spec.database.apim.url: Invalid value: the URL must not hold credentials: put user name and password into a Secret and name it in credentialsSecretRef",
                "{'database':{'apim':{'url':'jdbc:postgresql://host:5432/a?x=1&amp;y=2'}}} | spec.database.apim.url: Invalid value: write & as it is, without amp;: the operator escapes the URL where the product needs it",
                "{'database':{'apim':{'url':'jdbc:postgresql://$env{HOST}:5432/a'}}} | spec.database.apim.url: Invalid value: the URL must not hold $, {{, {% or {#, which the product would read as its own placeholders",
                "{'database':{'driver':{'image':'drivers'}}} | database.driver.image and database.driver.path belong together: the image, and the path of the jar in it",
                "{'database':{'apim':{'pool':{'maxActive':0}}}} | spec.database.apim.pool.maxActive in body should be greater than or equal to 1",
                "{'database':{'apim':{'pool':{'minIdle':51}}}} | spec.database.apim.pool.minIdle: Invalid value: pool.minIdle must not be larger than pool.maxActive (50 if absent): raise that or lower this",
                "{'database':{'apim':{'pool':{'maxIdle':6,'maxActive':5}}}} | spec.database.apim.pool.maxIdle: Invalid value: pool.maxIdle must not be larger than pool.maxActive (50 if absent): raise that or lower this",
                "{'database':{'apim':{'pool':{'initialSize':101,'maxActive':100}}}} | spec.database.apim.pool.initialSize: Invalid value: pool.initialSize must not be larger than pool.maxActive (50 if absent): raise that or lower this",
                "{'database':{'apim':{'pool':{'minIdle':9,'maxIdle':8}}}} | spec.database.apim.pool.minIdle: Invalid value: pool.minIdle must not be larger than pool.maxIdle",
                "{'database':{'apim':{'pool':{'removeAbandoned':false,'logAbandoned':true}}}} | spec.database.apim.pool.removeAbandoned: Invalid value: pool.removeAbandonedTimeoutSeconds and pool.logAbandoned are only read with pool.removeAbandoned: true: set it or remove them",
                "{'database':{'apim':{'pool':{'timeBetweenEvictionRunsMilliseconds':5}}}} | spec.database.apim.pool.timeBetweenEvictionRunsMilliseconds in body should be greater than or equal to 1000",
                "{'database':{'driver':{'source':'ProductImage','image':'drivers','path':'/d.jar'}}} | spec.database.driver.source: Invalid value: database.driver.image and database.driver.path are only read with database.driver.source: Image: remove them, or remove the source",
                "{'database':{'driver':{'source':'Maven'}}} | spec.database.driver.source: Unsupported value: \"Maven\": supported values: \"Image\", \"ProductImage\"",
                "{'keystores':{'tls':{'source':'Secret','secret':{'name':'a'}},'renewal':{'beforeExpiryDays':30}}} | spec.keystores.renewal: Invalid value: renewal is only read with keystores.tls.source: Generated: the operator issues no other certificate",
                "{'keystores':{'renewal':{'beforeExpiryDays':241}}} | spec.keystores.renewal.beforeExpiryDays in body should be less than or equal to 240",
                "{'keystores':{'renewal':{'beforeExpiryDays':0}}} | spec.keystores.renewal.beforeExpiryDays in body should be greater than or equal to 1",
                "{'keystores':{'renewal':{'certificateIssuedBefore':'tomorrow'}}} | spec.keystores.renewal.certificateIssuedBefore in body should match",
                "{'keystores':{'renewal':{'authorityIssuedBefore':'2027-01-31 08:00'}}} | spec.keystores.renewal.authorityIssuedBefore in body should match",
                "{'allInOne':{'replicas':3}} | spec.allInOne.replicas in body should be less than or equal to 2",
                "{'trafficManager':{'replicas':0}} | spec.trafficManager.replicas in body should be greater than or equal to 1",
                "{'allInOne':{'jvm':{'xms':'2g','xmx':'1024m'}}} | spec.allInOne.jvm.xms: Invalid value: jvm.xms must not be larger than jvm.xmx",
                "{'allInOne':{'jvm':{'xmx':'1 GB'}}} | spec.allInOne.jvm.xmx in body should match",
                "{'allInOne':{'probes':{'startupSeconds':0}}} | spec.allInOne.probes.startupSeconds in body should be greater than or equal to 60",
                "{'allInOne':{'resources':{'limits':{'memory':'lots'}}}} | spec.allInOne.resources.limits.memory in body should match",
                "{'allInOne':{'env':[{'name':'A','value':'1'},{'name':'A','value':'2'}]}} | spec.allInOne.env[1]: Duplicate value",
                "{'allInOne':{'env':[{'name':'A','value':'1','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}}]}} | an environment variable has either value or valueFrom",
                "{'allInOne':{'env':[{'name':'A','valueFrom':{}}]}} | valueFrom has either secretKeyRef or configMapKeyRef",
                "{'exposure':{'ingress':{'tls':{}}}} | spec.exposure.ingress.tls: Invalid value: tls needs exactly one of secretRef, a Secret with the certificate, and issuerRef, an issuer of cert-manager: leave tls out for the controller's default certificate",
                "{'exposure':{'ingress':{'tls':{'secretRef':{'name':'a'},'issuerRef':{'name':'b'}}}}} | spec.exposure.ingress.tls: Invalid value: tls needs exactly one of secretRef, a Secret with the certificate, and issuerRef, an issuer of cert-manager: leave tls out for the controller's default certificate",
                "{'exposure':{'ingress':{'tls':{'issuerRef':{'kind':'Other','name':'a'}}}}} | spec.exposure.ingress.tls.issuerRef.kind: Unsupported value: \"Other\": supported values: \"ClusterIssuer\", \"Issuer\"",
                "{'exposure':{'ingress':{'serviceAnnotations':{'a':'b'}}}} | spec.exposure.ingress.controller: Invalid value: serviceAnnotations are only read with exposure.ingress.controller Traefik or Other, whose Ingresses have Services of their own: remove them or set the controller",
                "{'exposure':{'ingress':{'api':{'serviceAnnotations':{'a':'b'}}}}} | spec.exposure.ingress.controller: Invalid value: serviceAnnotations are only read with exposure.ingress.controller Traefik or Other, whose Ingresses have Services of their own: remove them or set the controller",
                "{'exposure':{'ingress':{'gateway':{'serviceAnnotations':{'a':'b'}}}}} | spec.exposure.ingress.controller: Invalid value: serviceAnnotations are only read with exposure.ingress.controller Traefik or Other, whose Ingresses have Services of their own: remove them or set the controller",
                "{'exposure':{'ingress':{'controller':'nginx'}}} | spec.exposure.ingress.controller: Unsupported value: \"nginx\": supported values: \"Nginx\", \"Other\", \"Traefik\"",
                "{'exposure':{'ingress':{'websocket':{'serviceAnnotations':{'a':'b'}}}}} | spec.exposure.ingress.controller: Invalid value: serviceAnnotations are only read with exposure.ingress.controller Traefik or Other",
                "{'exposure':{'ingress':{'controller':'Nginx','websub':{'serviceAnnotations':{'a':'b'}}}}} | spec.exposure.ingress.controller: Invalid value: serviceAnnotations are only read with exposure.ingress.controller Traefik or Other",
                "{'exposure':{'service':{'type':'ExternalName'}}} | spec.exposure.service.type: Unsupported value: \"ExternalName\": supported values: \"ClusterIP\", \"LoadBalancer\", \"NodePort\"",
                "{'exposure':{'service':{'type':'NodePort','loadBalancerClass':'a'}}} | spec.exposure.service.type: Invalid value: loadBalancerClass and loadBalancerSourceRanges are only read with exposure.service.type LoadBalancer: remove them or set the type",
                "{'exposure':{'service':{'type':'ClusterIP','loadBalancerSourceRanges':['10.0.0.0/8']}}} | spec.exposure.service.type: Invalid value: loadBalancerClass and loadBalancerSourceRanges are only read with exposure.service.type LoadBalancer: remove them or set the type",
                "{'hostnames':{'websocket':'api.am.example.com'}} | spec.hostnames.websocket: Invalid value: hostnames.websocket must differ from the other host names: leave it out for that of the gateway",
                "{'hostnames':{'websocket':'gw.am.example.com'}} | spec.hostnames.websocket: Invalid value: hostnames.websocket must differ from the other host names: leave it out for that of the gateway",
                "{'hostnames':{'websub':'gw.am.example.com'}} | spec.hostnames.websub: Invalid value: hostnames.websub must differ from the other host names: leave it out for that of the gateway",
                "{'hostnames':{'websub':'a.com','websocket':'a.com'}} | spec.hostnames.websub: Invalid value: hostnames.websub must differ from the other host names: leave it out for that of the gateway",
                "{'hostnames':{'websocket':'wss://a.com'}} | spec.hostnames.websocket in body should match",
                "{'hostnames':{'websocket':'a.com'},'gateway':{'environments':[{'name':'A','hostname':'a.com'}]}} | spec.gateway.environments: Invalid value: no environment or virtual host may have the host name hostnames.websocket or hostnames.websub, which lead to other ports: choose another, for example gw.am.example.com",
                "{'hostnames':{'websub':'a.com'},'gateway':{'environments':[{'name':'A','virtualHosts':[{'hostname':'a.com'}]}]}} | spec.gateway.environments: Invalid value: no environment or virtual host may have the host name hostnames.websocket or hostnames.websub",
                "{'exposure':{'type':'None','ingress':{'className':'nginx'}}} | spec.exposure.ingress: Invalid value: exposure.ingress is only read with exposure.type Ingress: remove it or set the type",
                "{'exposure':{'gatewayAPI':{'parentRefs':[{'name':'public'}]}}} | spec.exposure.gatewayAPI: Invalid value: exposure.gatewayAPI is only read with exposure.type GatewayAPI: remove it or set the type",
                "{'exposure':{'type':'GatewayAPI'}} | spec.exposure.type: Invalid value: exposure.type GatewayAPI needs the Gateways to attach to: name them in exposure.gatewayAPI.parentRefs",
                "{'exposure':{'type':'GatewayAPI','gatewayAPI':{}}} | spec.exposure.gatewayAPI.parentRefs: Required value",
                "{'exposure':{'type':'GatewayAPI','gatewayAPI':{'parentRefs':[]}}} | spec.exposure.gatewayAPI.parentRefs in body should have at least 1 items",
                "{'exposure':{'type':'GatewayAPI','gatewayAPI':{'parentRefs':[{'name':'public'},{'name':'public'}]}}} | spec.exposure.gatewayAPI.parentRefs[1]: Duplicate value",
                "{'exposure':{'type':'GatewayAPI','gatewayAPI':{'parentRefs':[{'name':'public','namespace':'a.b'}]}}} | spec.exposure.gatewayAPI.parentRefs[0].namespace in body should match",
                "{'gateway':{'environments':[{'name':'A','hostname':'api.am.example.com'}]}} | spec.gateway.environments: Invalid value: no environment or virtual host may have the host name hostnames.api, which leads to the portals: choose another, for example gw.am.example.com",
                "{'gateway':{'environments':[{'name':'A','virtualHosts':[{'hostname':'gw.am.example.com'}]}]}} | spec.gateway.environments: Invalid value: an environment without hostname has the host name hostnames.gateway: remove that one from its virtualHosts",
                "{'gateway':{'environments':[{'name':'A','hostname':'a.com','virtualHosts':[{'hostname':'a.com'}]}]}} | spec.gateway.environments[0].virtualHosts: Invalid value: virtualHosts are further host names: remove the one that is the environment's own hostname",
                "{'gateway':{'environments':[{'name':'Default'},{'name':'default'}]}} | spec.gateway.environments: Invalid value: names of environments must differ in more than upper and lower case, which databases may not tell apart: rename one",
                "{'gateway':{'environments':[{'name':'A'},{'name':'A'}]}} | spec.gateway.environments[1]: Duplicate value",
                "{'gateway':{'environments':[{'name':'A','virtualHosts':[{'hostname':'a.com'},{'hostname':'a.com'}]}]}} | spec.gateway.environments[0].virtualHosts[1]: Duplicate value",
                "{'gateway':{'environments':[]}} | spec.gateway.environments in body should have at least 1 items",
                "{'gateway':{'environments':[{'type':'Hybrid'}]}} | spec.gateway.environments[0].name: Required value",
                "{'gateway':{'environments':[{'name':'A,B'}]}} | spec.gateway.environments[0].name in body should match",
                "{'gateway':{'environments':[{'name':'A','type':'hybrid'}]}} | spec.gateway.environments[0].type: Unsupported value: \"hybrid\": supported values: \"Hybrid\", \"Production\", \"Sandbox\"",
                "{'gateway':{'environments':[{'name':'A','hostname':'http://a.com'}]}} | spec.gateway.environments[0].hostname in body should match",
                "{'gateway':{'environments':[{'name':'A','virtualHosts':[{'hostname':'*.a.com'}]}]}} | spec.gateway.environments[0].virtualHosts[0].hostname in body should match",
                "{'gateway':{'environments':[{'name':'A','displayName':'$env{X}'}]}} | spec.gateway.environments[0].displayName in body should match",
                "{'gateway':{'environments':[{'name':'A','description':'{{x}}'}]}} | spec.gateway.environments[0].description in body should match",
                "{'throttling':{'skipRedeployingPolicies':['']}} | spec.throttling.skipRedeployingPolicies[0] in body should match",
                "{'throttling':{'skipRedeployingPolicies':['a','a']}} | spec.throttling.skipRedeployingPolicies[1]: Duplicate value: \"a\"",
                "{'keystores':{'tls':{'secret':{'name':'a'}}}} | spec.keystores.tls.secret: Invalid value: secret is only read with source: Secret: remove it or set the source",
                "{'keystores':{'primary':{'source':'Secret'}}} | spec.keystores.primary.source: Invalid value: source: Secret needs a Secret to read: name it in secret.name",
                "{'keystores':{'primary':{'source':'File'}}} | spec.keystores.primary.source: Unsupported value: \"File\": supported values: \"Generated\", \"Secret\"",
                "{'keystores':{'tls':{'source':'Secret','secret':{'name':'a','format':'JCEKS'}}}} | spec.keystores.tls.secret.format: Unsupported value: \"JCEKS\": supported values: \"JKS\", \"PEM\", \"PKCS12\"",
                "{'keystores':{'tls':{'source':'Secret','secret':{'name':'a','format':'JKS','certificateKey':'x'}}}} | spec.keystores.tls.secret.format: Invalid value: certificateKey and privateKeyKey are only read with format: PEM: remove them or set the format",
                "{'keystores':{'internal':{'source':'Secret','secret':{'name':'a','alias':'x'}}}} | spec.keystores.internal.secret.format: Invalid value: key, alias and passwordSecretRef are only read with format: JKS or PKCS12: remove them or set the format",
                "{'keystores':{'internal':{'source':'Secret','secret':{'name':'a','authorityKey':'x'}}}} | spec.keystores: Invalid value: authorityKey is only read for keystores.tls: no peer verifies the certificates of primary and internal",
                "{'truststore':{'additionalCAs':[{'name':'a'}]}} | spec.truststore.additionalCAs[0]: Invalid value: additionalCAs needs exactly one of secretRef and configMapRef: certificates are no secret, a ConfigMap will do",
                "{'truststore':{'additionalCAs':[{'name':'a','secretRef':{'name':'b'},'configMapRef':{'name':'b'}}]}} | spec.truststore.additionalCAs[0]: Invalid value: additionalCAs needs exactly one of secretRef and configMapRef: certificates are no secret, a ConfigMap will do",
                "{'truststore':{'additionalCAs':[{'name':'a','secretRef':{'name':'b'}},{'name':'a','secretRef':{'name':'c'}}]}} | spec.truststore.additionalCAs[1]: Duplicate value",
                "{'truststore':{'additionalCAs':[{'name':'A','secretRef':{'name':'b'}}]}} | spec.truststore.additionalCAs[0].name in body should match",
                "{'admin':{}} | spec.admin.secretRef: Required value",
                "{'keystores':{'tls':{'source':'CertManager'}}} | spec.keystores.tls.source: Invalid value: source: CertManager needs an issuer: name it in certManager.issuerRef.name",
                "{'keystores':{'tls':{'certManager':{'issuerRef':{'name':'a'}}}}} | spec.keystores.tls.certManager: Invalid value: certManager is only read with source: CertManager: remove it or set the source",
                "{'keystores':{'tls':{'source':'CertManager','certManager':{}}}} | spec.keystores.tls.certManager.issuerRef: Required value",
                "{'keystores':{'tls':{'source':'CertManager','certManager':{'issuerRef':{'name':'a','kind':'CAIssuer'}}}}} | spec.keystores.tls.certManager.issuerRef.kind: Invalid value: kind must be Issuer or ClusterIssuer: set group for an issuer that is not cert-manager's own",
                "{'keystores':{'tls':{'source':'CertManager','certManager':{'issuerRef':{'name':'a'},'renewBeforeDays':90}}}} | spec.keystores.tls.certManager.renewBeforeDays: Invalid value: renewBeforeDays must be less than durationDays (90 if absent): lower it or raise durationDays",
                "{'keystores':{'tls':{'source':'CertManager','certManager':{'issuerRef':{'name':'a'},'durationDays':7,'renewBeforeDays':7}}}} | spec.keystores.tls.certManager.renewBeforeDays: Invalid value: renewBeforeDays must be less than durationDays (90 if absent): lower it or raise durationDays",
                "{'keystores':{'tls':{'source':'CertManager','certManager':{'issuerRef':{'name':'a'},'durationDays':0}}}} | spec.keystores.tls.certManager.durationDays in body should be greater than or equal to 1",
                "{'keystores':{'primary':{'source':'CertManager'}}} | spec.keystores.primary.source: Unsupported value: \"CertManager\": supported values: \"Generated\", \"Secret\"",
                "{'allInOne':{'storage':{'size':'5Gi'}}} | spec.allInOne.storage: Invalid value: storage cannot be added, changed or removed once the deployment exists, because a StatefulSet's claims are fixed: enlarge a volume at its PersistentVolumeClaim; for anything else delete the resource and create it again, its Secrets and databases are kept",
                "{'allInOne':{'storage':{}}} | spec.allInOne.storage.size: Required value",
                "{'allInOne':{'storage':{'size':'much'}}} | spec.allInOne.storage.size in body should match",
                "{'allInOne':{'storage':{'size':'5Gi','accessModes':['ReadOnlyMany']}}} | spec.allInOne.storage.accessModes[0]: Unsupported value: \"ReadOnlyMany\"",
            })
    void refuses(String change, String message) {
        var patch = "{\"spec\": " + change.replace('\'', '"') + "}";
        assertThatThrownBy(() -> client.resources(ApiManagerCluster.class)
                        .inNamespace(NAMESPACE)
                        .withName("apim")
                        .patch(PatchContext.of(PatchType.JSON_MERGE), patch))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getStatus().getMessage()).contains(message));
        assertThat(client.resources(ApiManagerCluster.class)
                        .inNamespace(NAMESPACE)
                        .withName("apim")
                        .get()
                        .getMetadata()
                        .getGeneration())
                .isEqualTo(1);
    }

    @Test
    void changesTheVersionUpwardsWhileSuspendedAndAsksHowStoredSecretsAreEncrypted() throws IOException {
        var resource = example();
        resource.getMetadata().setName("versions");
        Map<String, Object> spec = resource.get("spec");
        spec.put("suspend", true);
        client.resource(resource).create();

        patch("versions", "{'version':'4.6.0'}");
        assertThatThrownBy(() -> patch("versions", "{'version':'4.5.0'}")).hasMessageContaining("cannot be lowered");
        assertThatThrownBy(() -> patch("versions", "{'version':'4.7.0'}")).hasMessageContaining("no longer encrypts");
        patch("versions", "{'version':'4.7.0','encryption':{'type':'InternalKeyStore'}}");
        patch("versions", "{'encryption':{'type':'Key','secretRef':{'name':'stored-secrets'}}}");
        patch("versions", "{'suspend':false}");
        assertThatThrownBy(() -> patch("versions", "{'encryption':{'type':'InternalKeyStore','secretRef':null}}"))
                .hasMessageContaining("encryption.type can be changed only while the deployment is suspended");
    }

    /** The rules compare texts. */
    @Test
    void findVersionsInTheOrderOfTheirTexts() {
        assertThat(Stream.of(ProductVersion.values()).map(ProductVersion::toString))
                .isSorted();
    }

    private static void patch(String name, String change) {
        client.resources(ApiManagerCluster.class)
                .inNamespace(NAMESPACE)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": " + change.replace('\'', '"') + "}");
    }

    /** The rules for names and for drivers that are not carried take a new resource to be broken; tests of their own do. */
    @Test
    void haveARowForEveryRuleOfTheCrd() throws Exception {
        var table = CrdRulesTest.class
                .getDeclaredMethod("refuses", String.class, String.class)
                .getAnnotation(CsvSource.class)
                .value();
        var rules = ProblemsPage.rules().stream()
                .map(ProblemsPage.Row::message)
                .filter(message -> !message.startsWith("metadata.name"))
                .filter(message -> !message.startsWith("the operator's image carries no driver"))
                .distinct();

        assertThat(rules).allSatisfy(message -> assertThat(table).anyMatch(row -> row.contains(message)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "MariaDB, jdbc:mariadb://db:3306/apim, jdbc:mariadb://me:secret@db:3306/apim",
        "MSSQL, jdbc:sqlserver://db:1433;databaseName=apim, jdbc:sqlserver://db:1433;databaseName=apim;user=me",
        "Oracle, jdbc:oracle:thin:@//db:1521/apim, jdbc:oracle:thin:me/secret@//db:1521/apim",
        "Oracle, jdbc:oracle:thin:@db:1521:apim, jdbc:oracle:thin:me/secret@db:1521:apim",
        "DB2, jdbc:db2://db:50000/apim, jdbc:db2://db:50000/apim:user=me;password=secret;",
        "MySQL, jdbc:mysql://db:3306/apim?useSSL=false, jdbc:mysql://db:3306/apim?user=me"
    })
    void takesTheUrlsOfEveryVendorButNoCredentialsInThem(String type, String good, String bad) throws IOException {
        client.resource(withDatabase(type, good)).dryRun().create();
        assertThatThrownBy(
                        () -> client.resource(withDatabase(type, bad)).dryRun().create())
                .hasMessageContaining("the URL must not hold credentials");
    }

    @Test
    void takesEnvironmentsThatShareHostNamesAndNamesThatPeopleHave() throws IOException {
        var resource = example();
        resource.getMetadata().setName("environments");
        Map<String, Object> spec = resource.get("spec");
        spec.put(
                "gateway",
                Map.of(
                        "environments",
                        List.of(
                                Map.of("name", "Production and Sandbox"),
                                Map.of(
                                        "name",
                                        "us-region_1",
                                        "description",
                                        "R&D <é>, 100% of it",
                                        "hostname",
                                        "a.com"),
                                Map.of("name", "B", "virtualHosts", List.of(Map.of("hostname", "a.com"))))));
        spec.put("throttling", Map.of("skipRedeployingPolicies", List.of("carbon.super_app_50PerMin")));
        client.resource(resource).dryRun().create();
    }

    @Test
    void refusesTheHostNameOfThePortalsForVirtualHostsToo() throws IOException {
        var resource = example();
        resource.getMetadata().setName("environments");
        Map<String, Object> spec = resource.get("spec");
        var virtualHosts = List.of(Map.of("hostname", "b.com"), Map.of("hostname", "api.am.example.com"));
        spec.put("gateway", Map.of("environments", List.of(Map.of("name", "A", "virtualHosts", virtualHosts))));
        assertThatThrownBy(() -> client.resource(resource).dryRun().create())
                .hasMessageContaining("no environment or virtual host may have the host name hostnames.api");
    }

    @ParameterizedTest
    @CsvSource({"Oracle, jdbc:oracle:thin:@//db:1521/apim", "DB2, jdbc:db2://db:50000/apim"})
    void asksWhereADriverComesFromThatIsNotCarried(String type, String url) throws IOException {
        for (var driver : List.<Map<String, Object>>of(Map.of(), Map.of("className", "some.Driver"))) {
            assertThatThrownBy(() -> client.resource(withDatabase(type, url, driver))
                            .dryRun()
                            .create())
                    .hasMessageContaining(
                            "spec.database.driver: Invalid value: the operator's image carries no driver for "
                                    + "Oracle and DB2: name an image and the path of the jar in it in database.driver.image and "
                                    + "database.driver.path, or write database.driver.source: ProductImage if the product's image "
                                    + "holds the driver");
        }
        client.resource(withDatabase(type, url, Map.of("image", "drivers:1", "path", "/driver.jar")))
                .dryRun()
                .create();
    }

    @ParameterizedTest
    @EnumSource(ProductVersion.class)
    void takesExistingDatabasesWithAllThatTheyKnow(ProductVersion version) throws IOException {
        var resource = example();
        resource.getMetadata().setName("existing");
        Map<String, Object> spec = resource.get("spec");
        spec.put("version", version.toString());
        spec.put("admin", Map.of("secretRef", Map.of("name", "administrator")));
        spec.put("keystores", Map.of("primary", secret("signing"), "internal", secret("encryption")));
        Map<String, Object> database = resource.get("spec", "database");
        database.put("bootstrap", "Existing");

        if (Dialect.of(version).encryptsWithKey()) {
            assertThatThrownBy(() -> client.resource(resource).dryRun().create())
                    .hasMessageContaining("spec.encryption: Invalid value: with database.bootstrap: Existing");
            spec.put("encryption", Map.of("secretRef", Map.of("name", "stored-secrets")));
        }
        client.resource(resource).dryRun().create();
    }

    private static Map<String, Object> secret(String name) {
        return Map.of("source", "Secret", "secret", Map.of("name", name));
    }

    @ParameterizedTest
    @CsvSource({"a-name-of-more-than-forty-characters-is-too-long", "4apim", "apim.prod"})
    void refusesANameFromWhichNoOtherNamesCanBeMade(String name) throws IOException {
        var resource = example();
        resource.getMetadata().setName(name);
        assertThatThrownBy(() -> client.resource(resource).create())
                .hasMessageContaining(
                        "metadata.name must have at most 40 characters, lower-case letters, digits and hyphens");
    }

    @Test
    void refusesAResourceWithoutASpec() throws IOException {
        var resource = example();
        resource.setAdditionalProperties(Map.of());
        resource.getMetadata().setName("empty");
        assertThatThrownBy(() -> client.resource(resource).create()).hasMessageContaining("spec: Required value");
    }

    private static GenericKubernetesResource example() throws IOException {
        try (var text = Files.newInputStream(Path.of("examples", "minimal", "cr.yaml"))) {
            var resource = (GenericKubernetesResource) client.load(text).items().get(0);
            resource.getMetadata().setNamespace(NAMESPACE);
            return resource;
        }
    }

    private static GenericKubernetesResource withDatabase(String type, String url) throws IOException {
        return withDatabase(type, url, Map.of("source", "ProductImage"));
    }

    private static GenericKubernetesResource withDatabase(String type, String url, Map<String, Object> driver)
            throws IOException {
        var resource = example();
        resource.getMetadata().setName("vendor");
        Map<String, Object> database = resource.get("spec", "database");
        database.put("type", type);
        if (!driver.isEmpty()) {
            database.put("driver", driver);
        }
        Map<String, Object> apim = resource.get("spec", "database", "apim");
        apim.put("url", url);
        Map<String, Object> shared = resource.get("spec", "database", "shared");
        shared.put(
                "url",
                url.replace("/apim", "/shared").replace("=apim", "=shared").replace(":apim", ":shared"));
        return resource;
    }
}
