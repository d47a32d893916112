package dev.convergence.service.wiring;

import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.Migrations;
import dev.convergence.service.config.DatabaseAddress;
import dev.convergence.service.config.Settings;
import dev.convergence.service.database.DatabasePool;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The pool and the one door to the database, whose schema is up to date for whoever holds it.
@Configuration(proxyBeanMethods = false)
public class DatabaseWiring {

    /// For HTTP, scheduler and heartbeat, beside one for every worker.
    private static final int BESIDE_WORKERS = 12;

    private static final int MOST = 100;

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(DatabaseAddress address, Settings settings) {
        int connections = settings.execution().workers() + BESIDE_WORKERS;
        return DatabasePool.open(address, Math.min(connections, MOST));
    }

    @Bean
    Database database(DataSource source) {
        Migrations.migrate(source);
        return new Database(source);
    }
}
