package dev.convergence.service.template;

import java.util.Set;

/// The step types that the tests' installation can run.
final class KnownTypes {

    static final Set<String> ALL =
            Set.of(
                    "source.extract",
                    "focus.convert",
                    "quality.check",
                    "gcp.data_quality",
                    "gcp.bq_etl",
                    "warehouse.publish",
                    "system.probe",
                    "notify_systems.email_notification",
                    "notify_systems.slack_notification",
                    "notify_systems.webhook_notification");

    private KnownTypes() {}
}
