/// The routes of notifications: settings, channels, rules and their history.
@NullMarked
package dev.convergence.service.http.notification;

import org.jspecify.annotations.NullMarked;
