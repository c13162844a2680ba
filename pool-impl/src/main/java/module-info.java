/** The engine: {@link io.dewpond.impl.Pools} opens pools. */
module io.dewpond.impl {
    requires transitive io.dewpond;
    requires org.slf4j;
    requires static jdk.jfr;
    requires static java.management;
    requires static org.jspecify;

    exports io.dewpond.impl;
}
