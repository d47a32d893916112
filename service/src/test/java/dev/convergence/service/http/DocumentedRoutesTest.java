package dev.convergence.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.http.Wire.Answer;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class DocumentedRoutesTest {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @Test
    void every_route_says_who_may_call_it() {
        handlers()
                .getHandlerMethods()
                .values()
                .forEach(method ->
                        assertThat(
                                        AccessRules.isLibrary(method)
                                                || method.hasMethodAnnotation(Access.class))
                                .as(method.toString())
                                .isTrue());
    }

    @Test
    void the_document_and_the_routes_are_the_same() {
        JsonNode document = Wire.get("/openapi.json").json();
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .forEachEntry((path, item) ->
                        item.propertyNames().stream()
                                .filter(METHODS::contains)
                                .forEach(method -> documented.add(method + " " + path)));
        Set<String> routes = new TreeSet<>(Set.of("get /openapi.json"));
        handlers().getHandlerMethods().forEach((info, method) -> add(routes, info, method));
        assertThat(documented).isEqualTo(routes);
    }

    @Test
    void the_document_has_the_keys_the_problems_and_our_field_names() {
        Answer answer = Wire.get("/openapi.json");
        assertThat(answer.header("content-type")).startsWith("application/json");
        JsonNode document = answer.json();
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.at("/components/securitySchemes").propertyNames())
                .contains("tenantKey", "adminKey", "bearerKey");
        assertThat(document.at("/components/schemas/Problem/properties").propertyNames())
                .contains("request_id", "detail", "errors");
        assertThat(document.at("/components/schemas/Thing/properties").propertyNames())
                .contains("item_count");
        JsonNode make = document.at("/paths/~1api~1v1~1tenants~1{tenant_id}~1things/post");
        assertThat(make.toString())
                .contains("Idempotency-Key")
                .contains("#/components/schemas/Problem")
                .contains("tenantKey")
                .doesNotContain("\"caller\"");
    }

    @Test
    void the_page_for_people_needs_nothing_from_elsewhere() {
        Answer page = Wire.get("/docs");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.header("content-security-policy")).contains("script-src 'self'");
        assertThat(page.text()).contains("/docs/docs.js").doesNotContain("://");
        assertThat(Wire.get("/docs/docs.js").header("content-type")).startsWith("text/javascript");
        assertThat(Wire.get("/docs/docs.css").header("content-type")).startsWith("text/css");
        Wire.get("/schemas/nothing.json").isProblem(404, "RESOURCE_NOT_FOUND");
    }

    private static void add(Set<String> routes, RequestMappingInfo info, HandlerMethod method) {
        if (!AccessRules.isLibrary(method)) {
            String methods =
                    info.getMethodsCondition().getMethods().stream()
                            .map(Enum::name)
                            .collect(Collectors.joining());
            Stream.of(info.getPatternValues())
                    .flatMap(Set::stream)
                    .forEach(path ->
                            routes.add(methods.toLowerCase(java.util.Locale.ROOT) + " " + path));
        }
    }

    private static RequestMappingHandlerMapping handlers() {
        return PlatformServer.bean(
                "requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    }
}
