using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Experiments.Cli.Api;

namespace Experiments.Cli.Commands;

/// <summary>Options that every command takes, with their defaults from the environment.</summary>
internal sealed class GlobalOptions
{
    private const string DefaultUrl = "http://localhost:3000";
    private const double DefaultTimeoutSeconds = 30;
    private const double MaxTimeoutSeconds = 24 * 60 * 60;

    private readonly Option<string> _url = new("--url")
    {
        Description = "The server; the API is expected under /api (environment variable EXPERIMENTS_URL)",
        HelpName = "URL",
        Recursive = true,
        DefaultValueFactory = static _ => Variable("EXPERIMENTS_URL") ?? DefaultUrl,
    };

    private readonly Option<string?> _environmentName = new("--env", "-e")
    {
        Description = "The environment's name (environment variable EXPERIMENTS_ENV)",
        HelpName = "NAME",
        Recursive = true,
        DefaultValueFactory = static _ => Variable("EXPERIMENTS_ENV"),
    };

    private readonly Option<bool> _json = new("--json") { Description = "Answer in JSON", Recursive = true };

    private readonly Option<string> _actor = new("--actor")
    {
        Description = "Who makes a change, for the audit log (environment variable EXPERIMENTS_ACTOR)",
        HelpName = "WHO",
        Recursive = true,
        DefaultValueFactory = static _ => Variable("EXPERIMENTS_ACTOR") ?? Environment.UserName,
    };

    private readonly Option<string?> _reason = new("--reason")
    {
        Description = "Why a change is made, for the audit log",
        HelpName = "TEXT",
        Recursive = true,
    };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "Longest wait for an answer; backup waits for as long as it takes where this is not given",
        HelpName = "SECONDS",
        Recursive = true,
        DefaultValueFactory = static _ => DefaultTimeoutSeconds,
        CustomParser = ReadTimeout,
    };

    public void AddTo(RootCommand root)
    {
        foreach (Option option in new Option[] { _url, _environmentName, _json, _actor, _reason, _timeout })
        {
            root.Add(option);
        }
    }

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Null where none is named.</summary>
    public string? EnvironmentName(ParseResult parsed) => parsed.GetValue(_environmentName);

    /// <param name="parsed">The command line.</param>
    /// <param name="waits">Whether the command waits for as long as it takes where nobody said how long.</param>
    /// <exception cref="CliException">A value cannot be used.</exception>
    public ApiSettings ApiSettings(ParseResult parsed, bool waits = false) => new(
        ServerAddress.Read(parsed.GetRequiredValue(_url)),
        HeaderText("--actor", parsed.GetValue(_actor)),
        HeaderText("--reason", parsed.GetValue(_reason)),
        waits && parsed.GetResult(_timeout) is not { Implicit: false } ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(parsed.GetValue(_timeout)));

    private static string? HeaderText(string option, string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : text.Any(char.IsControl) ? throw CliException.Usage($"{option} must be one line without control characters") : text.Trim();

    private static double ReadTimeout(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds is > 0 and <= MaxTimeoutSeconds)
        {
            return seconds;
        }

        result.AddError($"--timeout must be a number of seconds above 0 and at most {MaxTimeoutSeconds}, not \"{text}\"");
        return 0;
    }

    /// <summary>An empty variable is none.</summary>
    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
