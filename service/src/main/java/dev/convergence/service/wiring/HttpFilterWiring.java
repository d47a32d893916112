package dev.convergence.service.wiring;

import dev.convergence.service.http.FrameFilter;
import dev.convergence.service.http.HttpSettings;
import dev.convergence.service.http.RequestId;
import dev.convergence.service.http.audit.AuditFilter;
import dev.convergence.service.http.direct.PresenceValve;
import dev.convergence.service.http.idempotency.IdempotencyFilter;
import dev.convergence.service.http.idempotency.IdempotentAnswers;
import dev.convergence.service.http.limits.BodyLimitFilter;
import dev.convergence.service.http.limits.ShapeFilter;
import dev.convergence.service.http.problem.ProblemValve;
import dev.convergence.service.http.problem.ProblemWriter;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import tools.jackson.databind.json.JsonMapper;

/// What a request passes before it is routed, from the outside in: frame, shape, origin, weight,
/// repetition.
@Configuration(proxyBeanMethods = false)
class HttpFilterWiring {

    private static final int FIRST = Ordered.HIGHEST_PRECEDENCE;
    private static final int GAP = 10;
    private static final Duration PREFLIGHT_AGE = Duration.ofHours(1);

    @Bean
    FilterRegistrationBean<FrameFilter> frameFilter(
            HttpSettings settings, ProblemWriter problems, InstantSource clock) {
        return at(0, new FrameFilter(settings.version(), problems, clock));
    }

    @Bean
    FilterRegistrationBean<ShapeFilter> shapeFilter(ProblemWriter problems) {
        return at(1, new ShapeFilter(problems));
    }

    @Bean
    FilterRegistrationBean<CorsFilter> corsFilter(HttpSettings settings) {
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (!settings.corsOrigins().isEmpty()) {
            source.registerCorsConfiguration("/**", origins(settings.corsOrigins()));
        }
        CorsFilter filter = new CorsFilter(source);
        filter.setCorsProcessor(new QuietCors());
        return at(2, filter);
    }

    private static CorsConfiguration origins(List<String> origins) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(origins);
        allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        allowed.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        allowed.setExposedHeaders(
                List.of(
                        RequestId.HEADER,
                        "Retry-After",
                        "Location",
                        "Idempotency-Replayed",
                        "RateLimit",
                        "RateLimit-Policy"));
        allowed.setMaxAge(PREFLIGHT_AGE);
        return allowed;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(ProblemWriter problems) {
        return at(3, new BodyLimitFilter(problems));
    }

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotencyFilter(
            IdempotentAnswers answers, JsonMapper json) {
        return at(4, new IdempotencyFilter(answers, json));
    }

    /// Inside of repetition: a replayed answer is a write that was asked for again.
    @Bean
    FilterRegistrationBean<AuditFilter> auditFilter() {
        return at(5, new AuditFilter());
    }

    private static <F extends Filter> FilterRegistrationBean<F> at(int place, F filter) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(FIRST + place * GAP);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> presenceOfClients() {
        return tomcat -> tomcat.addContextValves(new PresenceValve());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat() {
        return tomcat ->
                tomcat.addContextCustomizers(context -> {
                    if (context.getParent() instanceof StandardHost host) {
                        host.setErrorReportValveClass(ProblemValve.class.getName());
                    }
                });
    }
}
