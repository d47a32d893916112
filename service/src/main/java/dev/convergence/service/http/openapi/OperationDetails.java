package dev.convergence.service.http.openapi;

import dev.convergence.service.http.Access;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import dev.convergence.service.http.problem.ProblemWriter;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/// Adds to each operation what all have in common: who may call it, its problems, its headers.
final class OperationDetails implements OperationCustomizer {

    static final String TENANT_KEY = "tenantKey";
    static final String BEARER = "bearerKey";
    static final String ADMIN_KEY = "adminKey";
    static final String PROBLEM = "Problem";

    private static final int KEY_MAX = 255;

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        if (operation.getSummary() == null) {
            operation.setSummary(sentence(method.getMethod().getName()));
        }
        operation.setTags(List.of(noun(method.getBeanType().getSimpleName())));
        Access access = method.getMethodAnnotation(Access.class);
        if (access != null) {
            operation.setSecurity(security(access.value()));
            operation.setDescription(description(operation.getDescription(), access.scope()));
        }
        if (method.hasMethodAnnotation(PostMapping.class)) {
            operation.addParametersItem(idempotencyKey());
        }
        addProblem(operation);
        return operation;
    }

    private static List<SecurityRequirement> security(Who who) {
        SecurityRequirement admin = new SecurityRequirement().addList(ADMIN_KEY);
        SecurityRequirement tenant = new SecurityRequirement().addList(TENANT_KEY);
        SecurityRequirement bearer = new SecurityRequirement().addList(BEARER);
        return switch (who) {
            case ANYONE -> List.of();
            case TENANT -> List.of(tenant, bearer);
            case OPERATOR -> List.of(admin);
            case TENANT_OR_OPERATOR -> List.of(tenant, bearer, admin);
        };
    }

    private static @Nullable String description(@Nullable String known, Scope scope) {
        return scope == Scope.NONE
                ? known
                : (known == null ? "" : known + " ") + "Needs the scope `" + scope.word() + "`.";
    }

    private static HeaderParameter idempotencyKey() {
        HeaderParameter header = new HeaderParameter();
        header.setName("Idempotency-Key");
        header.setDescription(
                "The same key and body within 24 hours answer what was answered first.");
        header.setSchema(new StringSchema().maxLength(KEY_MAX));
        return header;
    }

    private static void addProblem(Operation operation) {
        ApiResponses responses = operation.getResponses();
        if (responses != null) {
            Schema<?> schema = new Schema<>().$ref("#/components/schemas/" + PROBLEM);
            responses.addApiResponse(
                    "default",
                    new ApiResponse()
                            .description("A refusal, with a sentence that says what to do")
                            .content(
                                    new Content()
                                            .addMediaType(
                                                    ProblemWriter.MEDIA_TYPE,
                                                    new MediaType().schema(schema))));
        }
    }

    /// The routes of `PipelineConfigRoutes` stand under "pipeline config".
    private static String noun(String routes) {
        return words(routes.replaceFirst("Routes$", ""));
    }

    /// `startRun` reads as "Start run".
    private static String sentence(String name) {
        String words = words(name);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT).strip();
    }
}
