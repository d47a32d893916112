package dev.convergence.service.http.console;

import dev.convergence.engine.error.EngineException;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Who;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Serves the console to browsers: one page, and what it loads.
///
/// A browser asks each time whether a file is still the same, so that after an upgrade no page is
/// made of two versions.
@RestController
public final class ConsoleRoutes {

    private final ConsoleFiles files;

    public ConsoleRoutes(ConsoleFiles files) {
        this.files = files;
    }

    /// For who accepts HTML; everybody else gets the server's name and version.
    @Access(Who.ANYONE)
    @GetMapping(value = "/", produces = MediaType.TEXT_HTML_VALUE)
    public ResponseEntity<byte[]> page(
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false)
                    @Nullable String encodings,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false)
                    @Nullable String known) {
        return answer(ConsoleFiles.PAGE, encodings, known);
    }

    @Access(Who.ANYONE)
    @GetMapping("/console/{file}")
    public ResponseEntity<byte[]> file(
            @PathVariable("file") String file,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false)
                    @Nullable String encodings,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false)
                    @Nullable String known) {
        return answer(file, encodings, known);
    }

    @Access(Who.ANYONE)
    @GetMapping("/console/{folder}/{file}")
    public ResponseEntity<byte[]> file(
            @PathVariable("folder") String folder,
            @PathVariable("file") String file,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false)
                    @Nullable String encodings,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false)
                    @Nullable String known) {
        return answer(folder + "/" + file, encodings, known);
    }

    private ResponseEntity<byte[]> answer(
            String path, @Nullable String encodings, @Nullable String known) {
        ConsoleFile file =
                files.find(path)
                        .orElseThrow(() ->
                                EngineException.notFound("The console has no file " + path + "."));
        boolean isPacked = encodings != null && encodings.contains("gzip");
        boolean isKnown = known != null && known.contains(file.tag());
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(isKnown ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
                        .eTag("W/\"" + file.tag() + "\"")
                        .cacheControl(CacheControl.noCache())
                        .varyBy(HttpHeaders.ACCEPT_ENCODING);
        if (isKnown) {
            return answer.build();
        }
        if (isPacked) {
            answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return answer.contentType(MediaType.parseMediaType(file.type()))
                .body(isPacked ? file.packed() : file.plain());
    }
}
