package dev.convergence.benchmark.chaos.victim;

import dev.convergence.benchmark.chaos.node.ChaosNode;
import dev.convergence.benchmark.chaos.node.LifeSettings;
import dev.convergence.benchmark.chaos.node.SkewJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The nodes, each with as many lives as it needs.
///
/// Every second node is one from elsewhere, where the machine allows it: then its death is noticed
/// by its lease only.
public final class Fleet implements AutoCloseable {

    private final Path folder;
    private final String url;
    private final Duration lease;
    private final int slots;
    private final int connections;
    private final Apart apart;
    private final Path skewJar;
    private final List<@Nullable NodeProcess> nodes = new ArrayList<>();
    private final List<Integer> lives = new ArrayList<>();

    public Fleet(Path folder, String url, Duration lease, int slots, int connections)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.url = url;
        this.lease = lease;
        this.slots = slots;
        this.connections = connections;
        apart = Apart.find(folder);
        skewJar = SkewJar.writeTo(folder);
    }

    /// Whether some nodes look to others like nodes of another machine.
    public boolean hasFarNodes() {
        return apart.isPossible();
    }

    /// Starts nodes that are new.
    public void grow(int count) throws IOException {
        for (int number = 0; number < count; number++) {
            nodes.add(null);
            lives.add(0);
            start(number, 0);
        }
    }

    public int size() {
        return nodes.size();
    }

    /// How many processes were started in all.
    public int lives() {
        return lives.stream().mapToInt(Integer::intValue).sum();
    }

    public NodeProcess node(int number) {
        return Objects.requireNonNull(nodes.get(number));
    }

    /// The present life of every node.
    public List<String> present() {
        return nodes.stream().map(node -> Objects.requireNonNull(node).life()).toList();
    }

    /// @param skewSeconds by how much its own clock is ahead
    public NodeProcess start(int number, long skewSeconds) throws IOException {
        int count = lives.get(number) + 1;
        lives.set(number, count);
        String life = (number + 1) + "." + count;
        boolean isFar = apart.isPossible() && number % 2 == 1;
        NodeProcess node =
                NodeProcess.start(
                        life,
                        isFar,
                        isFar
                                ? apart.command(folder, life, java(life, skewSeconds))
                                : java(life, skewSeconds),
                        folder.resolve("node-" + life + ".log"));
        nodes.set(number, node);
        return node;
    }

    private List<String> java(String life, long skewSeconds) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dorg.slf4j.simpleLogger.showDateTime=true",
                        "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS"));
        if (skewSeconds != 0) {
            command.add("-javaagent:" + skewJar + "=" + skewSeconds);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(ChaosNode.class.getName());
        command.addAll(new LifeSettings(life, url, slots, connections, lease).arguments());
        return command;
    }

    /// Starts what is dead although nobody killed it.
    ///
    /// @return the lives that ended by themselves
    public List<String> revive() throws IOException {
        List<String> dead = new ArrayList<>();
        for (int number = 0; number < nodes.size(); number++) {
            if (!node(number).isAlive()) {
                dead.add(node(number).life());
                start(number, 0);
            }
        }
        return dead;
    }

    @Override
    public void close() {
        nodes.stream().filter(Objects::nonNull).forEach(NodeProcess::destroy);
    }
}
