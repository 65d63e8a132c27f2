using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace Experiments.Server.Startup;

/// <summary>The <c>appsettings.json</c> beside the program counts least, so that it holds whatever the content root is.</summary>
internal static class OwnDefaults
{
    public static void AddOwnDefaults(this ConfigurationManager configuration) => configuration.Sources.Insert(0, new JsonConfigurationSource
    {
        FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
        Path = "appsettings.json",
        Optional = true,
    });
}
