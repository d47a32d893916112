package dev.convergence.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;

/// A noun of the command line; its verbs are its annotated methods, which [Nouns] adds.
@Command(addMethodSubcommands = false)
abstract class Noun {

    @ParentCommand private @Nullable Main main;

    Session session() {
        if (main == null) {
            throw new IllegalStateException("A noun without its program");
        }
        return main.session();
    }

    String tenant() {
        return session().tenant();
    }

    /// Shows a page of a list, and on stderr how to go on.
    void list(As who, String path, Page page, String plural, String... fields) {
        Answer answer = session().pages(who, path, page, plural);
        JsonNode body = answer.json();
        session().display().list(answer, body, plural, List.of(fields));
        if (session().display().isTable() && body.path(plural).isEmpty()) {
            session().say("There are none.");
        }
        body.path("next_cursor")
                .asStringOpt()
                .ifPresent(next -> session().say("more with --cursor " + next + ", or --all"));
    }

    /// Shows what has no pages.
    void list(As who, String path, String plural, String... fields) {
        Answer answer = session().get(who, path);
        session().display().list(answer, answer.json(), plural, List.of(fields));
    }

    void show(As who, String path) {
        session().display().one(session().get(who, path));
    }

    void post(As who, String path) {
        send(who, "POST", path, new Body());
    }

    void post(As who, String path, Body body) {
        send(who, "POST", path, body);
    }

    void send(As who, String method, String path, Body body) {
        session().display().one(session().send(who, method, path, body.fields()));
    }

    void delete(As who, String path) {
        session().display().one(session().send(who, "DELETE", path, null));
    }

    /// Writes bytes to a file, or to stdout.
    void keep(byte[] bytes, @Nullable Path file) {
        try {
            if (file == null) {
                System.out.write(bytes);
                System.out.flush();
            } else {
                Files.write(file, bytes);
                session().say(bytes.length + " bytes in " + file);
            }
        } catch (IOException e) {
            throw new Failure(Exit.FAILED, file + " cannot be written.");
        }
    }
}
