package dev.convergence.service.http.openapi;

import dev.convergence.engine.error.EngineException;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Who;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// The JSON Schemas of files that users write, for their editors: what lies in `schemas/` on the
/// class path.
@RestController
public final class SchemaRoutes {

    private static final MediaType SCHEMA = MediaType.parseMediaType("application/schema+json");
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}(\\.schema)?(\\.json)?");

    @Access(Who.ANYONE)
    @GetMapping(
            value = "/schemas/{name}",
            produces = {"application/schema+json", MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Resource> schema(@PathVariable String name) {
        Resource file = new ClassPathResource("schemas/" + name);
        if (!NAME.matcher(name).matches() || !file.exists()) {
            throw EngineException.notFound("There is no schema of this name.");
        }
        return ResponseEntity.ok().contentType(SCHEMA).body(file);
    }
}
