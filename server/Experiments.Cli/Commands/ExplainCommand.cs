using System.CommandLine;
using System.Text.Json;
using Experiments.Cli.Api;
using Experiments.Cli.Input;
using Experiments.Cli.Output;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments explain KEY USER</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandHost host)
    {
        var key = new Argument<string>("KEY") { Description = "The flag's or experiment's key" };
        var user = new Argument<string>("USER") { Description = "The user key" };
        Option<string?> contextOption = DecideCommand.ContextOption();
        var version = new Option<string?>("--version")
        {
            Description = "By which version: a number, or draft for what is not published yet; the live one if left out",
            HelpName = "N|draft",
        };
        version.Validators.Add(static result => VersionText.Check(result, VersionText.Draft));
        return host.With(
            new Command("explain", "Explains step by step what a user gets and why") { key, user, contextOption, version },
            async context =>
            {
                JsonElement? attributes = await ContextInput.ReadAsync(context.Value(contextOption), context.Cancellation);
                Query path = new Query("explain")
                    .With("env", context.RequireEnvironmentName())
                    .With("key", context.Value(key))
                    .With("user_key", context.Value(user))
                    .With("context", attributes is { } json ? JsonText.OneLine(json) : null)
                    .With("version", context.Value(version));
                ApiAnswer answer = await context.Api.GetAsync(path, context.Cancellation);
                context.Write(answer.Json, terminal => terminal.WriteText(answer.Text("text")));
                return ExitCode.Fine;
            });
    }
}
