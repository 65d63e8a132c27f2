using Experiments.Server.Settings;
using Microsoft.Extensions.Configuration;

namespace Experiments.Server.Tests.Settings;

/// <summary>Settings from keys and values, with a content root that does not exist.</summary>
internal static class SettingsOf
{
    public const string ContentRoot = "/srv/product";

    public static ServerSettings Read(params (string Key, string? Value)[] values) =>
        ServerSettings.Read(Configuration(values), ContentRoot);

    public static IConfiguration Configuration(params (string Key, string? Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, value.Value)))
        .Build();
}
