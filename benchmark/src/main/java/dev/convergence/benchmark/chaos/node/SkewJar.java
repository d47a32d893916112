package dev.convergence.benchmark.chaos.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// The jar that Java wants an agent to be in, made when it is needed.
public final class SkewJar {

    private SkewJar() {}

    public static Path writeTo(Path folder) throws IOException {
        Path file = folder.resolve("skew.jar");
        String agent = SkewAgent.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest());
                InputStream bytes = SkewAgent.class.getResourceAsStream("/" + agent)) {
            if (bytes == null) {
                throw new IllegalStateException("The agent's class is not there: " + agent);
            }
            jar.putNextEntry(new JarEntry(agent));
            bytes.transferTo(jar);
            jar.closeEntry();
        }
        return file;
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        Attributes lines = manifest.getMainAttributes();
        lines.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        lines.putValue("Premain-Class", SkewAgent.class.getName());
        lines.putValue("Can-Retransform-Classes", "true");
        return manifest;
    }
}
