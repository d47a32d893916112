package dev.convergence.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starting a run, of a template or of a pipeline that is scheduled.
record RunStart(Session session, String what) {

    /// @param changes further fields of a template's run
    Answer accepted(@Nullable Map<String, String> parameters, Body changes) {
        if (!what.contains("/")) {
            if (parameters != null || !changes.fields().isEmpty()) {
                throw Failure.usage(
                        "A scheduled pipeline runs with its own parameters.",
                        "To choose others, name its template: provider/domain/template.");
            }
            String path = new Configs(session).one(what) + "/run-now";
            return session.send(As.EITHER, "POST", path, Map.of());
        }
        TemplatePath template = new TemplatePath.Converter().convert(what);
        String path =
                Route.of(
                        "/pipelines/run/{}/{}/{}/{}",
                        session.tenant(),
                        template.provider(),
                        template.domain(),
                        template.name());
        Body body = changes.with("parameters", Values.parameters(parameters));
        return session.send(As.TENANT, "POST", path, body.fields());
    }

    int start(@Nullable Map<String, String> parameters, Body changes) {
        session.display().one(accepted(parameters, changes));
        return Exit.OK.code();
    }
}
