package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The commands of a page of the documentation, as they stand there, but for the namespace. */
record DocumentedCommands(Path page, Deployment deployment) {

    private static final Pattern BLOCK = Pattern.compile("^( *)```\n(.*?)^ *```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** The first block of a section. */
    String of(String section) throws IOException {
        var text = Files.readString(page);
        var from = text.indexOf("\n## " + section + "\n");
        assertThat(from).as(section).isPositive();
        var block = BLOCK.matcher(text.substring(from));
        assertThat(block.find()).as(section).isTrue();
        return block.group(2).indent(-block.group(1).length()).replace("-n wso2", "-n " + deployment.namespace());
    }
}
