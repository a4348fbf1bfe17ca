package dev.drover.gateway.promotion;

import dev.drover.gateway.cluster.NomadCluster;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** One gateway's way to Nomad: it may die, or be overtaken, before and after each call. */
final class FaultyNomad implements InvocationHandler {
    private final NomadCluster nomad;
    private final Fate fate;

    private FaultyNomad(NomadCluster nomad, Fate fate) {
        this.nomad = nomad;
        this.fate = fate;
    }

    static NomadCluster over(NomadCluster nomad, Fate fate) {
        return (NomadCluster)
                Proxy.newProxyInstance(
                        FaultyNomad.class.getClassLoader(),
                        new Class<?>[] {NomadCluster.class},
                        new FaultyNomad(nomad, fate));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        fate.at(Fate.Moment.BEFORE, method.getName());
        Object answer;
        try {
            answer = method.invoke(nomad, arguments);
        } catch (InvocationTargetException refused) {
            throw refused.getCause();
        }
        fate.at(Fate.Moment.AFTER, method.getName());
        return answer;
    }
}
