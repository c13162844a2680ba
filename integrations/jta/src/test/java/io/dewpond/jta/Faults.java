package io.dewpond.jta;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/** A driver's XADataSource whose resources write down what they are asked, and fail where they are told to. */
final class Faults {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final XADataSource driver;

    Faults(XADataSource driver) {
        this.driver = driver;
    }

    /** Has a method of the resources do this instead of the driver, once. */
    void once(String method, Fault fault) {
        faults.put(method, fault);
    }

    /** Returns the methods that the resources were asked, in their order. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    XADataSource source() {
        return wrap(XADataSource.class, driver);
    }

    private <T> T wrap(Class<T> type, Object behind) {
        return type.cast(Proxy.newProxyInstance(
                Faults.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (type == XAResource.class) {
                        asked.add(method.getName());
                        Fault fault = faults.remove(method.getName());
                        if (fault != null) {
                            fault.happen();
                        }
                    }
                    Object answer;
                    try {
                        answer = method.invoke(behind, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                    Class<?> returned = method.getReturnType();
                    boolean wrapped = returned == XAConnection.class || returned == XAResource.class;
                    return wrapped ? wrap(returned, answer) : answer;
                }));
    }

    /** What goes wrong. */
    interface Fault {
        void happen() throws Exception;
    }
}
