package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.computed;
import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.Column.time;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resources of Google Cloud, as the Cloud Asset Inventory lists and exports them: `cloud_assets`.
///
/// A file is a snapshot of the projects (else folders, organisations) in it, for the kind of
/// content that was asked: resources do not replace access policies.
public final class AssetsFormat {

    public static final String NAME = "gcp_assets";

    private static final LoadKey KEY =
            new LoadKey("ancestor", "update_time::DATE", "content_type", null);

    private static final List<Layout> LAYOUTS =
            List.of(Layout.otherwise("Google Cloud Asset Inventory"));

    private AssetsFormat() {}

    public static Format format() {
        return new Format(NAME, LAYOUTS, columns(), KEY, List.of());
    }

    private static List<Column> columns() {
        return List.of(
                text("asset_id", "name").needed(),
                text("asset_type", "asset_type").needed(),
                computed("ancestor", ColumnType.TEXT, AssetsFormat::ancestor)
                        .from("ancestors")
                        .needed(),
                computed("content_type", ColumnType.TEXT, AssetsFormat::content).needed(),
                text("location", "resource.location"),
                text("resource_parent", "resource.parent"),
                text("resource_version", "resource.version"),
                text("discovery_name", "resource.discovery_name"),
                text("resource_url", "resource.resource_url"),
                text("display_name", "resource.data.displayName", "resource.data.name"),
                text("state", "resource.data.state", "resource.data.status"),
                text("labels_json", "resource.data.labels"),
                text("data_json", "resource.data"),
                text("iam_policy_json", "iam_policy"),
                text("org_policy_json", "org_policy"),
                text("ancestors_json", "ancestors"),
                time("created_at", "resource.data.creationTimestamp", "resource.data.createTime"),
                time("update_time", "update_time"));
    }

    private static @Nullable String ancestor(SourceRow row) {
        return JsonText.text(JsonText.lenient(row.text("ancestors")).path(0));
    }

    private static String content(SourceRow row) {
        if (row.text("iam_policy") != null) {
            return "IAM_POLICY";
        }
        if (row.text("org_policy") != null) {
            return "ORG_POLICY";
        }
        return row.text("access_policy", "access_level", "service_perimeter") != null
                ? "ACCESS_POLICY"
                : row.text("os_inventory") != null ? "OS_INVENTORY" : "RESOURCE";
    }
}
