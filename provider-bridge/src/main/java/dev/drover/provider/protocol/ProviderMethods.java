package dev.drover.provider.protocol;

import dev.drover.provider.framework.Log;
import dev.drover.provider.framework.Provider;
import java.util.List;

/** The methods of the service {@code tfplugin6.Provider}. */
public final class ProviderMethods {
    public static final String SERVICE = "tfplugin6.Provider";

    private ProviderMethods() {}

    public static List<Method> of(Provider provider, Log log) {
        Session session = new Session(provider, log);
        return List.of(
                new GetMetadataRpc(session),
                new GetProviderSchemaRpc(session),
                new GetFunctionsRpc(session),
                new CallFunctionRpc(session),
                new ValidateProviderConfigRpc(session),
                new ConfigureProviderRpc(session),
                new ValidateResourceConfigRpc(session),
                new ValidateDataResourceConfigRpc(session),
                new UpgradeResourceStateRpc(session),
                new ReadResourceRpc(session),
                new PlanResourceChangeRpc(session),
                new ApplyResourceChangeRpc(session),
                new ImportResourceStateRpc(session),
                new ReadDataSourceRpc(session),
                new GetResourceIdentitySchemasRpc(session),
                new UpgradeResourceIdentityRpc(session),
                new ValidateEphemeralResourceConfigRpc(session),
                new OpenEphemeralResourceRpc(session),
                new CloseEphemeralResourceRpc(session),
                new ValidateListResourceConfigRpc(session),
                new ListResourceRpc(session),
                new StopProviderRpc(session));
    }
}
