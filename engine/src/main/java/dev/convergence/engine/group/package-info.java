/// Jobs that belong together: what a group is, and how it looks now. A noun; imports ground and
/// `job`. Moving and ending its members belongs to `queue`.
@NullMarked
package dev.convergence.engine.group;

import org.jspecify.annotations.NullMarked;
