package dev.convergence.steps.quality;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The bundled suites, `quality/{name}.json` on the class path, each read once.
final class Suites {

    private static final String FOLDER = "/quality/";

    private final Map<String, Suite> read = new ConcurrentHashMap<>();

    Suite find(String name) {
        if (!Identifier.isOne(name)) {
            throw unknown("A quality suite's name has letters, digits and underscores only.");
        }
        return read.computeIfAbsent(name, Suites::load);
    }

    private static Suite load(String name) {
        try (InputStream file = Suites.class.getResourceAsStream(FOLDER + name + ".json")) {
            if (file == null) {
                throw unknown("There is no quality suite " + name + ".");
            }
            return SuiteReader.read(name, file);
        } catch (IOException e) {
            throw new IllegalStateException("A bundled suite could not be read: " + name, e);
        }
    }

    private static EngineException unknown(String sentence) {
        return new EngineException(ErrorCode.INVALID_TEMPLATE, sentence);
    }
}
