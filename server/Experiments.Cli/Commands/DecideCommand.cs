using System.CommandLine;
using System.Text.Json;
using Experiments.Cli.Api;
using Experiments.Cli.Input;
using Experiments.Cli.Output;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments decide USER</c>.</summary>
internal static class DecideCommand
{
    public static Command Create(CommandHost host)
    {
        var user = new Argument<string>("USER") { Description = "The user key" };
        Option<string?> contextOption = ContextOption();
        var flag = new Option<string?>("--flag") { Description = "Only the flag or experiment with this key", HelpName = "KEY" };
        return host.With(
            new Command("decide", "Decides every flag and experiment for a user, as the server's /decide does") { user, contextOption, flag },
            async context =>
            {
                JsonElement? attributes = await ContextInput.ReadAsync(context.Value(contextOption), context.Cancellation);
                ApiAnswer answer = await AskAsync(context, context.Value(user), attributes);
                Write(context, answer.Json, context.Value(flag));
                return ExitCode.Fine;
            });
    }

    public static Option<string?> ContextOption() => new("--context", "-c")
    {
        Description = "The user's attributes: a JSON object, or @FILE that holds one",
        HelpName = "JSON|@FILE",
    };

    // POST, for a context may be longer than a request line.
    private static Task<ApiAnswer> AskAsync(CommandContext context, string userKey, JsonElement? attributes)
    {
        string environmentName = context.RequireEnvironmentName();
        HttpContent body = ApiBody.Of(writer =>
        {
            writer.WriteString("user_key", userKey);
            writer.WriteString("env", environmentName);
            writer.WriteString("include", "flags");
            if (attributes is { } json)
            {
                writer.WritePropertyName("context");
                json.WriteTo(writer);
            }
        });
        return context.Api.SendAsync(HttpMethod.Post, new Query("decide"), body, context.Cancellation);
    }

    private static void Write(CommandContext context, JsonElement answer, string? only)
    {
        JsonElement[] flags = [.. answer.Items("flags").Where(item => only is null || item.Text("key") == only)];
        JsonElement[] experiments = [.. answer.Items("assignments").Where(item => only is null || item.Text("experiment_key") == only)];
        if (only is not null && flags.Length + experiments.Length == 0)
        {
            throw CliException.Refused($"no flag \"{only}\" is published in this environment, and no experiment \"{only}\" has this user");
        }

        if (context.Json)
        {
            context.Terminal.WriteJson(only is null ? answer : flags.Concat(experiments).First());
            return;
        }

        var table = new TextTable("KEY", "VARIANT", "VALUE", "REASON");
        foreach (JsonElement item in experiments)
        {
            table.Add(item.Text("experiment_key"), item.Text("variant_key"), ValueOf(item, "payload"), null);
        }

        foreach (JsonElement item in flags)
        {
            table.Add(item.Text("key"), item.Text("variant"), ValueOf(item, "value"), item.Text("reason"));
        }

        table.Write(context.Terminal);
    }

    /// <summary>As JSON: the text "true" and the boolean are not the same.</summary>
    private static string? ValueOf(JsonElement item, string member) => item.Member(member) is { } value ? JsonText.OneLine(value) : null;
}
