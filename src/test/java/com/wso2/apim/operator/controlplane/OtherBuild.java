package com.wso2.apim.operator.controlplane;

import com.wso2.apim.operator.inputs.Settings;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.reconcile.ApiManagerClusterReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;

/**
 * Another build of the operator, as a release that renders differently: the classes of this one, loaded a second time, with
 * another text in the place of one in {@link Names}.
 */
final class OtherBuild extends ClassLoader {

    private static final String OPERATOR = "com.wso2.apim.operator.";

    private final String text;
    private final String instead;

    private OtherBuild(String text, String instead) {
        super(OtherBuild.class.getClassLoader());
        this.text = text;
        this.instead = instead;
    }

    /** A reconciler of a build in which a text of {@link Names} is another, of the same length. */
    static Reconciler<? extends HasMetadata> reconciler(
            String text, String instead, KubernetesClient client, Settings settings) {
        try {
            var build = new OtherBuild(text, instead);
            var settingsOfIt = build.loadClass(Settings.class.getName());
            var copied = settingsOfIt.getConstructors()[0].newInstance(components(settings));
            var made = build.loadClass(ApiManagerClusterReconciler.class.getName())
                    .getConstructor(KubernetesClient.class, settingsOfIt, Clock.class)
                    .newInstance(client, copied, Clock.systemUTC());
            @SuppressWarnings("unchecked")
            var reconciler = (Reconciler<? extends HasMetadata>) made;
            return reconciler;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object[] components(Record values) throws ReflectiveOperationException {
        var components = new ArrayList<>();
        for (var component : values.getClass().getRecordComponents()) {
            components.add(component.getAccessor().invoke(values));
        }
        return components.toArray();
    }

    @Override
    protected Class<?> loadClass(String name, boolean isResolved) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith(OPERATOR)) {
                return super.loadClass(name, isResolved);
            }
            var loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (var file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            var bytes = file.readAllBytes();
            return define(name, name.equals(Names.class.getName()) ? changed(bytes) : bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Class<?> define(String name, byte[] bytes) {
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** A constant of the same length leaves everything else of a class file where it was. */
    private byte[] changed(byte[] bytes) {
        var before = new String(bytes, StandardCharsets.ISO_8859_1);
        var after = before.replace(text, instead);
        if (after.equals(before) || text.length() != instead.length()) {
            throw new IllegalArgumentException("no text of this length in Names: " + text);
        }
        return after.getBytes(StandardCharsets.ISO_8859_1);
    }
}
