package dev.convergence.service.wiring;

import dev.convergence.engine.sql.Database;
import dev.convergence.service.ServeArguments;
import dev.convergence.service.config.Settings;
import dev.convergence.service.http.HttpSettings;
import dev.convergence.service.http.health.DatabaseInspection;
import dev.convergence.service.http.health.EgressInspection;
import dev.convergence.service.http.health.FolderInspection;
import dev.convergence.service.http.health.HealthDetailRoutes;
import dev.convergence.service.http.health.Inspection;
import dev.convergence.service.http.health.MailInspection;
import dev.convergence.service.http.health.WarehouseInspection;
import dev.convergence.service.http.health.ZoneInspection;
import dev.convergence.steps.http.AddressGuard;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the doctor may ask of a node.
@Configuration(proxyBeanMethods = false)
public class InspectionWiring {

    @Bean
    HealthDetailRoutes healthDetailRoutes(
            HttpSettings http,
            InstantSource clock,
            DataSource source,
            Database database,
            Settings settings,
            ServeArguments arguments) {
        List<Inspection> all = new ArrayList<>();
        all.addAll(new DatabaseInspection(source, database, InstantSource.system()).all());
        all.addAll(
                new FolderInspection(arguments.dataDirectory(), settings.storage().landing())
                        .all());
        all.add(new WarehouseInspection(settings.storage().warehouse()).one());
        all.add(
                new EgressInspection(
                                database,
                                Map.of(
                                        "OPENAI", settings.models().openai().base(),
                                        "CLAUDE", settings.models().anthropic().base()),
                                new AddressGuard(settings.doors().webhookAllowPrivate()))
                        .one());
        all.add(new MailInspection(Optional.ofNullable(settings.mail())).one());
        all.add(new ZoneInspection(InstantSource.system()).one());
        return new HealthDetailRoutes(http, clock, all);
    }
}
