package dev.convergence.service.demo;

import dev.convergence.service.config.Secret;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The demo: two tenants come, bring bills, schedule six pipelines, and see what they cost.
///
/// It knows the server by its address, as any client does.
public final class Demo {

    /// So far back, so that a server whose clock is behind finds a config due as well.
    private static final Duration DUE_SINCE = Duration.ofMinutes(1);

    private final URI server;
    private final Client operator;
    private final KeyFile keys;
    private final Bills bills;
    private final InstantSource clock;
    private final PrintStream out;
    private final PrintStream progress;

    /// @param landing where the server reads bills from
    /// @param out takes the results
    /// @param progress takes what happens meanwhile
    public Demo(
            URI server,
            Secret operatorKey,
            Path dataDirectory,
            Path landing,
            InstantSource clock,
            PrintStream out,
            PrintStream progress) {
        this.server = server;
        this.operator = Client.operator(server, operatorKey);
        this.keys = new KeyFile(dataDirectory);
        this.bills = new Bills(landing);
        this.clock = clock;
        this.out = out;
        this.progress = progress;
    }

    /// Answers whether all pipelines completed.
    ///
    /// @throws DemoFailed when the server refuses something, or the runs do not end in time
    public boolean run() throws InterruptedException {
        Map<DemoTenant, Client> clients = new LinkedHashMap<>();
        for (DemoTenant tenant : Cast.TENANTS) {
            clients.put(tenant, arrive(tenant));
        }
        List<Ending> endings = endings(schedule(clients));
        print(endings);
        printCosts(clients);
        return endings.stream().allMatch(Ending::isCompleted);
    }

    /// Where to go on from here, for somebody who wants to look around.
    public void printNextSteps() {
        String tenant = Cast.TENANTS.getFirst().name();
        out.println();
        out.println("The tenants' keys are in " + keys.path() + ". To ask one's data set:");
        out.println();
        out.println("  key=$(sed -n 's/^" + tenant + "=//p' '" + keys.path() + "')");
        out.println(
                "  curl -s " + server.resolve("/api/v1/tenants/" + tenant + "/data/query") + " \\");
        out.println("    -H \"X-API-Key: $key\" -H 'Content-Type: application/json' \\");
        out.println(
                "    -d '{\"sql\": \"SELECT count(*), sum(BilledCost) FROM focus_cost_usage\"}'");
        out.println();
    }

    private Client arrive(DemoTenant tenant) throws InterruptedException {
        progress.println(
                tenant.company() + " comes as " + tenant.name() + ", plan " + tenant.plan());
        Client client = new Arrivals(server, operator, keys).arrive(tenant);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (DemoPipeline pipeline : tenant.pipelines()) {
            bills.write(tenant, pipeline, today);
        }
        return client;
    }

    private List<DueRun> schedule(Map<DemoTenant, Client> clients) throws InterruptedException {
        List<DueRun> due = new ArrayList<>();
        for (Map.Entry<DemoTenant, Client> entry : clients.entrySet()) {
            due.addAll(schedule(entry.getKey(), entry.getValue()));
        }
        return due;
    }

    private List<DueRun> schedule(DemoTenant tenant, Client client) throws InterruptedException {
        Schedules schedules = new Schedules(tenant, client);
        Map<DemoPipeline, String> configs = new LinkedHashMap<>();
        for (DemoPipeline pipeline : tenant.pipelines()) {
            configs.put(pipeline, schedules.configure(pipeline));
        }
        new Watch(progress).untilIdle(tenant, client, configs.values());
        Instant slot = clock.instant().minus(DUE_SINCE).truncatedTo(ChronoUnit.MILLIS);
        List<DueRun> due = new ArrayList<>();
        for (Map.Entry<DemoPipeline, String> config : configs.entrySet()) {
            due.add(schedules.makeDue(config.getKey(), config.getValue(), slot));
        }
        return due;
    }

    /// The scheduler would look by itself within its tick; asking it is faster, and fires no config
    /// twice.
    private List<Ending> endings(List<DueRun> due) throws InterruptedException {
        progress.println("Six pipelines are due");
        operator.post("/api/v1/scheduler/trigger", Map.of());
        List<Ending> endings = new ArrayList<>();
        Map<DueRun, JsonNode> ended = new Watch(progress).untilEnded(due);
        for (Map.Entry<DueRun, JsonNode> run : ended.entrySet()) {
            endings.add(Ending.of(run.getKey(), run.getValue()));
        }
        return endings;
    }

    private void print(List<Ending> endings) {
        new TextTable(
                        List.of(
                                "tenant",
                                "pipeline",
                                "state",
                                "rows",
                                "checks passed/failed",
                                "seconds"),
                        Set.of(3, 4, 5),
                        endings.stream().map(Ending::cells).toList())
                .lines()
                .forEach(out::println);
        for (Ending ending : endings) {
            if (!ending.isCompleted()) {
                progress.println(ending.run().label() + ": " + ending.error());
            }
        }
    }

    private void printCosts(Map<DemoTenant, Client> clients) throws InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<DemoTenant, Client> entry : clients.entrySet()) {
            rows.addAll(Costs.of(entry.getKey(), entry.getValue()));
        }
        out.println();
        new TextTable(List.of("tenant", "service", "currency", "cost"), Set.of(3), rows)
                .lines()
                .forEach(out::println);
    }
}
