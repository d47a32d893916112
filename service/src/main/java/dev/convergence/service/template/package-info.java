/// Templates as YAML: read with line numbers, checked as a whole, found in the bundle and in
/// folders.
@NullMarked
package dev.convergence.service.template;

import org.jspecify.annotations.NullMarked;
