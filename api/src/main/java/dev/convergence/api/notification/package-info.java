/// Notifications: channels, rules, settings and their history.
@NullMarked
package dev.convergence.api.notification;

import org.jspecify.annotations.NullMarked;
