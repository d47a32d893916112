package dev.convergence.steps.sample;

import static dev.convergence.steps.sample.Row.facts;

import java.util.List;

/// Resources of Google Cloud, as the Cloud Asset Inventory exports them: the same ones each day.
final class CloudAssets implements Shape.JsonLines {

    private static final List<String> PROJECTS = List.of("shop", "analytics", "platform");
    private static final List<String> TYPES =
            List.of(
                    "compute.googleapis.com/Instance",
                    "storage.googleapis.com/Bucket",
                    "sqladmin.googleapis.com/Instance",
                    "compute.googleapis.com/Firewall");

    @Override
    public Row row(SampleLine line) {
        String project = PROJECTS.get(line.index() % PROJECTS.size());
        String type = TYPES.get(line.index() % TYPES.size());
        String number = line.number(12, project);
        String name = project + "-" + line.id(8, "r" + line.index());
        return new Row()
                .with(
                        "name",
                        "//" + type.replaceFirst("/.*", "") + "/projects/" + project + "/" + name)
                .with("asset_type", type)
                .with(
                        "resource",
                        facts(
                                "version",
                                "v1",
                                "discovery_name",
                                type.replaceFirst(".*/", ""),
                                "parent",
                                "//cloudresourcemanager.googleapis.com/projects/" + number,
                                "location",
                                "us-central1",
                                "data",
                                facts(
                                        "name",
                                        name,
                                        "labels",
                                        facts("team", project),
                                        "creationTimestamp",
                                        SampleLine.midnight(line.day().minusDays(30)).toString())))
                .with(
                        "ancestors",
                        List.of(
                                "projects/" + number,
                                "organizations/" + line.number(12, "organization")))
                .with("update_time", line.start().toString());
    }
}
