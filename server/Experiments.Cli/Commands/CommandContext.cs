using System.CommandLine;
using System.Text.Json;
using Experiments.Cli.Api;
using Experiments.Cli.Output;
using Experiments.Cli.Resources;

namespace Experiments.Cli.Commands;

/// <summary>One run of a command.</summary>
internal sealed class CommandContext(
    ParseResult parsed, GlobalOptions options, ApiClient api, Terminal terminal, CancellationToken cancellation)
{
    public ApiClient Api { get; } = api;

    public Terminal Terminal { get; } = terminal;

    /// <summary>On Ctrl+C.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    public bool Json { get; } = options.Json(parsed);

    /// <summary>Null where none is named.</summary>
    public string? EnvironmentName { get; } = options.EnvironmentName(parsed);

    public T? Value<T>(Option<T> option) => parsed.GetValue(option);

    public T Value<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <exception cref="CliException">None is named.</exception>
    public string RequireEnvironmentName() => EnvironmentName
        ?? throw CliException.Usage("name an environment: --env NAME, or the environment variable EXPERIMENTS_ENV");

    /// <exception cref="CliException">None is named, or the server has none of this name.</exception>
    public Task<string> FindEnvironmentIdAsync() => EnvironmentLookup.FindIdAsync(Api, RequireEnvironmentName(), Cancellation);

    /// <summary>Writes the JSON where it was asked for, else the text.</summary>
    public void Write(JsonElement json, Action<Terminal> text)
    {
        if (Json)
        {
            Terminal.WriteJson(json);
        }
        else
        {
            text(Terminal);
        }
    }
}
