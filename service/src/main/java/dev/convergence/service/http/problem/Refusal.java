package dev.convergence.service.http.problem;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A refusal before it is written: code, status, sentence, and the headers that belong to it.
public record Refusal(
        String code,
        int status,
        String detail,
        List<FieldError> fields,
        Map<String, Object> facts,
        Map<String, String> headers) {

    public Refusal {
        fields = List.copyOf(fields);
        facts = Map.copyOf(facts);
        headers = Map.copyOf(headers);
    }

    public static Refusal of(HttpFault fault, String detail) {
        return new Refusal(fault.name(), fault.status(), detail, List.of(), Map.of(), Map.of());
    }

    public static Refusal of(ErrorCode code, String detail) {
        return of(new EngineException(code, detail));
    }

    public static Refusal of(EngineException refused) {
        ErrorCode code = refused.code();
        return new Refusal(
                code.name(),
                Statuses.of(code),
                String.valueOf(refused.getMessage()),
                refused.fields(),
                refused.facts(),
                RefusalHeaders.of(refused));
    }

    public static Refusal notJson() {
        return of(
                        HttpFault.UNSUPPORTED_MEDIA_TYPE,
                        "Send the body as UTF-8 JSON with Content-Type: application/json.")
                .with("Accept", "application/json");
    }

    public static Refusal invalidField(String field, String code, String detail) {
        return of(EngineException.invalidField(field, code, detail));
    }

    public Refusal with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Refusal(code, status, detail, fields, facts, more);
    }
}
