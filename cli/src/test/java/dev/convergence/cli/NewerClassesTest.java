package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The copy of the parser that the launcher makes.
class NewerClassesTest {

    private static final String CLASS = ".class";
    private static final int MAJOR = 7;

    @TempDir Path folder;

    @Test
    void every_class_of_the_copy_is_of_java_8_and_can_be_verified() throws Exception {
        Path copy = folder.resolve("copy.jar");
        NewerClasses.copy(parser(), copy);

        List<String> classes;
        try (JarFile jar = new JarFile(copy.toFile())) {
            classes =
                    jar.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.endsWith(CLASS) && !name.startsWith("META-INF"))
                            .filter(name -> !name.equals("module-info.class"))
                            .toList();
            for (String name : classes) {
                byte[] bytes = jar.getInputStream(jar.getJarEntry(name)).readAllBytes();
                assertThat(bytes[MAJOR]).as(name).isEqualTo((byte) 52);
            }
        }
        assertThat(classes).hasSizeGreaterThan(200);
        ClassLoader nobody = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader copied = new URLClassLoader(new URL[] {copy.toUri().toURL()}, nobody)) {
            for (String name : classes) {
                String type = name.substring(0, name.length() - CLASS.length()).replace('/', '.');
                assertThat(Class.forName(type, true, copied).getClassLoader()).isSameAs(copied);
            }
        }
    }

    private static Path parser() throws Exception {
        return Path.of(
                CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
