package com.wso2.apim.operator.controlplane;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test on a real control plane: it may ask for a {@link ControlPlane} and for a {@link Deployment} of its own. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ControlPlane.Resolver.class)
@interface OnControlPlane {}
