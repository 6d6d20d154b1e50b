package com.wso2.apim.operator.support;

import com.wso2.apim.operator.support.ConfigMapper.Refusal;
import com.wso2.apim.operator.support.MapperProcess.Start;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts of servers, each with a deployment.toml and an environment of its own, in one process of the mapper. */
public final class ServerStarts {

    private static final String FILE = "FILE_";
    private static final String START = "START_";
    private static final String TEMPLATE = "TEMPLATE";

    private ServerStarts() {}

    /** What one server is given. */
    public record Given(String deploymentToml, Map<String, String> environment) {}

    /** What each start makes of a template. */
    public static List<Start> of(ConfigMapper mapper, String template, List<Given> servers)
            throws IOException, InterruptedException {
        var environment = new LinkedHashMap<String, String>();
        environment.put(TEMPLATE, encoded(template));
        environment.put("NODE_IP", "10.0.0.5");
        var files = servers.stream().map(Given::deploymentToml).distinct().toList();
        for (int i = 0; i < files.size(); i++) {
            environment.put(FILE + i, encoded(files.get(i)));
        }
        for (int i = 0; i < servers.size(); i++) {
            var suffix = "_" + i;
            environment.put(START + i, FILE + files.indexOf(servers.get(i).deploymentToml()));
            servers.get(i).environment().forEach((name, value) -> environment.put(name + suffix, value));
        }
        return MapperProcess.run(mapper, ServerStarts.class, environment);
    }

    /** The process itself: each start reads variables of its own. */
    public static void main(String[] arguments) {
        var mapper = ConfigMapper.valueOf(arguments[0]);
        var template = decoded(System.getenv(TEMPLATE));
        for (int i = 0; System.getenv(START + i) != null; i++) {
            var file = decoded(System.getenv(System.getenv(START + i)))
                    .replaceAll("\\$env\\{(WSO2_[A-Z_]+)}", "\\$env{$1_" + i + "}");
            Start start;
            try {
                start = new Start(Optional.of(mapper.render(file, template)), "");
            } catch (Refusal refusal) {
                start = new Start(Optional.empty(), refusal.getMessage());
            }
            MapperProcess.print(start);
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
