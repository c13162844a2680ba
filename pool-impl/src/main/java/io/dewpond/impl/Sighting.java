package io.dewpond.impl;

import io.dewpond.ObjectInfo;

/**
 * An idle object, looked at without being taken: a policy may judge it while a borrower takes it. What the policy says
 * counts only if the slot is still in the same stay then.
 *
 * @param now what is known about the object now
 * @param soon what will be known about it when it has aged by another tenth, ten seconds at most
 */
record Sighting<T>(Slot<T> slot, long stay, T object, ObjectInfo now, ObjectInfo soon) {}
