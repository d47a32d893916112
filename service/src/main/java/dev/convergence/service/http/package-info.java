/// The HTTP platform: who calls, what they may do, and how lists and settings look; it knows no
/// noun.
@NullMarked
package dev.convergence.service.http;

import org.jspecify.annotations.NullMarked;
