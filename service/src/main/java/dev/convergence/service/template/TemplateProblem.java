package dev.convergence.service.template;

/// One thing that is wrong, or odd, in a template or in the parameters given to it.
///
/// @param path where: `steps[1].depends_on`; empty for the file as a whole
/// @param line the line of the file, 1 for the first; 0 when it is not in the file
/// @param code such as REQUIRED or CYCLE
/// @param message a sentence that names the field
public record TemplateProblem(String path, int line, String code, String message) {}
