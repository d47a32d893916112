/// Tests of templates in YAML: every fault is found, the right file is found.
@NullMarked
package dev.convergence.service.template;

import org.jspecify.annotations.NullMarked;
