package dev.convergence.service.http.problem;

import dev.convergence.engine.error.ErrorCode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/// What the router, the content negotiation and the argument decoding refuse, in our words.
final class SpringRefusals {

    private SpringRefusals() {}

    static @Nullable Refusal of(Exception failure) {
        return switch (failure) {
            case NoHandlerFoundException none -> noRoute();
            case NoResourceFoundException none -> noRoute();
            case HttpRequestMethodNotSupportedException method -> method(method);
            case HttpMediaTypeNotSupportedException type -> Refusal.notJson();
            case HttpMediaTypeNotAcceptableException type ->
                    Refusal.of(
                            HttpFault.NOT_ACCEPTABLE,
                            "This route answers application/json: accept that or */*.");
            case HttpMessageNotReadableException body -> body(body);
            case MissingServletRequestParameterException missing ->
                    Refusal.invalidField(
                            missing.getParameterName(), "MISSING", "must be given in the query.");
            case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
            case InvalidParameterException query ->
                    Refusal.of(
                            ErrorCode.INVALID_PARAMETER,
                            "The query cannot be decoded, or has too many parameters: correct it.");
            case ServletRequestBindingException binding ->
                    Refusal.of(
                            ErrorCode.INVALID_REQUEST,
                            "A required part of the request is missing.");
            default -> null;
        };
    }

    private static Refusal noRoute() {
        return Refusal.of(
                ErrorCode.RESOURCE_NOT_FOUND, "There is no such route; /openapi.json lists all.");
    }

    private static Refusal method(HttpRequestMethodNotSupportedException refused) {
        Set<HttpMethod> supported = refused.getSupportedHttpMethods();
        String allowed =
                (supported == null ? Stream.<HttpMethod>of() : supported.stream())
                        .map(HttpMethod::name)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return Refusal.of(HttpFault.METHOD_NOT_ALLOWED, "This route takes " + allowed + " only.")
                .with("Allow", allowed);
    }

    private static Refusal body(HttpMessageNotReadableException unreadable) {
        for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refused) {
                return refused.refusal();
            }
            if (cause instanceof JacksonException json) {
                return JsonRefusals.of(json);
            }
        }
        return Refusal.of(
                HttpFault.INVALID_JSON, "This route needs a JSON object as its body: send one.");
    }

    /// An id in the path that cannot be one names nothing; a query value that does not fit is the
    /// caller's mistake.
    private static Refusal mismatch(MethodArgumentTypeMismatchException mismatch) {
        if (mismatch.getParameter().hasParameterAnnotation(PathVariable.class)) {
            return Refusal.of(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "Nothing has the %s given in the path.".formatted(mismatch.getName()));
        }
        return Refusal.invalidField(
                mismatch.getName(),
                "INVALID_VALUE",
                ExpectedType.sentence(mismatch.getRequiredType()));
    }
}
