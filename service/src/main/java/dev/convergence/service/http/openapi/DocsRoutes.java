package dev.convergence.service.http.openapi;

import dev.convergence.service.http.Access;
import dev.convergence.service.http.Who;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The interface for people: one page that reads `/openapi.json`, with nothing from elsewhere.
@RestController
public final class DocsRoutes {

    private static final CacheControl CACHE = CacheControl.maxAge(Duration.ofMinutes(10));

    @Access(Who.ANYONE)
    @GetMapping(value = "/docs", produces = "text/html;charset=utf-8")
    ResponseEntity<Resource> page() {
        return file("docs.html", "text/html;charset=utf-8");
    }

    @Access(Who.ANYONE)
    @GetMapping(value = "/docs/docs.js", produces = "text/javascript;charset=utf-8")
    ResponseEntity<Resource> script() {
        return file("docs.js", "text/javascript;charset=utf-8");
    }

    @Access(Who.ANYONE)
    @GetMapping(value = "/docs/docs.css", produces = "text/css;charset=utf-8")
    ResponseEntity<Resource> style() {
        return file("docs.css", "text/css;charset=utf-8");
    }

    private static ResponseEntity<Resource> file(String name, String type) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .cacheControl(CACHE)
                .body(new ClassPathResource("docs/" + name));
    }
}
