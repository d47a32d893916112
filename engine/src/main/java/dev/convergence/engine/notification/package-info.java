/// Whom tenants want to have people told, and what of: channels, rules, messages and their history.
/// Noun; imports ground, `credential`, `job`, `pipeline`, `run` and `webhook`, whose deliverer
/// sends its messages.
@NullMarked
package dev.convergence.engine.notification;

import org.jspecify.annotations.NullMarked;
