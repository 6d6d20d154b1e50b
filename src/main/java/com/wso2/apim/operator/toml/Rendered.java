package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.model.Problem;
import java.util.List;

/**
 * What became of one node's deployment.toml.
 *
 * @param text the file; empty if there are problems
 * @param problems mistakes in the user's own TOML
 * @param warnings what is worth a look in it but stops nothing
 */
public record Rendered(String text, List<Problem> problems, List<String> warnings) {}
