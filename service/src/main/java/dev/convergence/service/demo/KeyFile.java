package dev.convergence.service.demo;

import dev.convergence.service.config.PrivateFile;
import dev.convergence.service.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The keys of the demo's tenants, `tenant=key` on each line, readable by the owner only: the next
/// demo uses them, and so does whoever looks around after this one.
final class KeyFile {

    private final Path file;

    KeyFile(Path dataDirectory) {
        file = dataDirectory.resolve("demo.keys");
    }

    Path path() {
        return file;
    }

    Optional<Secret> find(DemoTenant tenant) {
        return Optional.ofNullable(read().get(tenant.name())).map(Secret::new);
    }

    void put(DemoTenant tenant, Secret key) {
        Map<String, String> keys = read();
        keys.put(tenant.name(), key.reveal());
        PrivateFile.write(
                file,
                keys.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
    }

    private Map<String, String> read() {
        Map<String, String> keys = new TreeMap<>();
        if (!Files.exists(file)) {
            return keys;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.strip().split("=", 2);
                if (parts.length == 2) {
                    keys.put(parts[0], parts[1]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
        return keys;
    }
}
