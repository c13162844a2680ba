package io.dewpond.impl;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Saves PIT's time. Its JUnit plugin finds the tests by running them, also in each JVM that takes the place of one in
 * which a mutant hung; so the first time that such a JVM runs a test nobody is interested in what comes of it, and all of
 * it is skipped. Registered by the profile that mutates, and by nobody else.
 */
public final class OnlyFound implements InvocationInterceptor {
    /** Where mutants run. The coverage is measured elsewhere, and there in the first run. */
    private static final boolean MUTATES =
            System.getProperty("sun.java.command", "").contains("MutationTestMinion");

    private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(OnlyFound.class);
    private static final Set<String> FOUND = ConcurrentHashMap.newKeySet();

    /** For the service loader. */
    public OnlyFound() {}

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> step, ReflectiveInvocationContext<Method> method, ExtensionContext test) throws Throwable {
        unlessFirst(step, test);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> step, ReflectiveInvocationContext<Method> method, ExtensionContext test) throws Throwable {
        unlessFirst(step, test);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> step, ReflectiveInvocationContext<Method> method, ExtensionContext test) throws Throwable {
        unlessFirst(step, test);
    }

    /** All steps of one run of a test see the same context. */
    private static void unlessFirst(Invocation<Void> step, ExtensionContext test) throws Throwable {
        boolean first = MUTATES
                && test.getStore(HERE).computeIfAbsent("first", key -> FOUND.add(test.getUniqueId()), Boolean.class);
        if (first) {
            step.skip();
        } else {
            step.proceed();
        }
    }
}
