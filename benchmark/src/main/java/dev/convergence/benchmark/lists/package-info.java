/// `convergence bench lists`: how fast a server with a long history answers whoever looks at it.
@NullMarked
package dev.convergence.benchmark.lists;

import org.jspecify.annotations.NullMarked;
