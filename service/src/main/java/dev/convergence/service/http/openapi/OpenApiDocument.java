package dev.convergence.service.http.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.convergence.api.problem.Problem;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.HttpSettings;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Makes `/openapi.json` complete: what the library cannot read off the controllers.
@Configuration(proxyBeanMethods = false)
public class OpenApiDocument {

    private static final String PATH = "/openapi.json";

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(
                        Caller.class,
                        Caller.Tenant.class,
                        Caller.Operator.class,
                        Caller.Anyone.class);
    }

    @Bean
    OpenAPI openApi(HttpSettings settings) {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("Convergence")
                                .version(settings.version())
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(new Components().securitySchemes(schemes()));
    }

    private static Map<String, SecurityScheme> schemes() {
        return Map.of(
                OperationDetails.TENANT_KEY, header("X-API-Key", "The key of a tenant"),
                OperationDetails.ADMIN_KEY, header("X-Admin-Key", "The key of the operator"),
                OperationDetails.BEARER,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("The key of a tenant"));
    }

    private static SecurityScheme header(String name, String description) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.APIKEY)
                .in(SecurityScheme.In.HEADER)
                .name(name)
                .description(description);
    }

    /// The library reads our records with a mapper of its own, which must name fields as ours does.
    @Bean
    ModelResolver wireNames(ObjectMapperProvider mappers) {
        return new ModelResolver(
                mappers.jsonMapper()
                        .copy()
                        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
    }

    @Bean
    OperationCustomizer operationDetails() {
        return new OperationDetails();
    }

    @Bean
    OpenApiCustomizer problemAndItself() {
        return document -> {
            ModelConverters.getInstance(true)
                    .readAll(new AnnotatedType(Problem.class))
                    .forEach(document.getComponents()::addSchemas);
            document.path(PATH, itself());
        };
    }

    private static PathItem itself() {
        return new PathItem()
                .get(
                        new Operation()
                                .operationId("openApi")
                                .summary("This document")
                                .security(List.of())
                                .responses(
                                        new ApiResponses()
                                                .addApiResponse(
                                                        "200",
                                                        new ApiResponse().description("OK"))));
    }
}
