namespace Experiments.Dashboard.Models;

/// <summary>How to use an environment, as text to copy.</summary>
/// <param name="BaseUrl">Of the server, with a slash at the end.</param>
/// <param name="Environment">Name of the environment.</param>
/// <param name="Key">Of a flag or experiment that is there, or an example.</param>
internal sealed record ConnectSnippets(string BaseUrl, string Environment, string Key)
{
    public const string Install = "dotnet add package Experiments.Client";

    public string Register => $"builder.Services.AddExperiments({Text(Environment)}).FromUrl({Text(BaseUrl.TrimEnd('/'))});";

    public string Decide => $$"""
        app.MapGet("/checkout", (string user, IFeatureDecider features) =>
        {
            Decision decision = features.Decide({{Text(Key)}}, user, [("country", "US"), ("plan", "pro")]);
            return $"{decision.VariantKey} because of {decision.ReasonText}";
        });
        """;

    public string Curl => TrySnippets.Curl(BaseUrl, Environment, "user-123", """{"country":"US"}""", key: null, version: "live");

    public string Fetch => $$"""
        const response = await fetch("{{BaseUrl}}api/decide", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ user_key: "user-123", env: {{Text(Environment)}}, context: { country: "US" } }),
        });
        const decided = await response.json();
        """;

    public string Cli => $"""
        export EXPERIMENTS_URL={BaseUrl.TrimEnd('/')}
        export EXPERIMENTS_ENV={Shell(Environment)}

        experiments list flags
        experiments decide user-123 --context '{"{"}"country":"US"{"}"}'
        experiments explain {Key} user-123
        experiments export -o flags.yaml
        experiments apply -f flags.yaml --reason "release 42"
        """;

    public const string InstallCli = """
        dotnet pack server/Experiments.Cli -c Release -o artifacts/packages
        dotnet tool install --global Experiments.Cli --add-source artifacts/packages
        """;

    private static string Text(string value) => TrySnippets.Text(value);

    private static string Shell(string value) =>
        value.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? value : "'" + value.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
