using System.CommandLine;
using System.Text.Json;
using Experiments.Cli.Output;
using Experiments.Cli.Resources;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments get flag KEY</c> and the like.</summary>
internal static class GetCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("get", "Shows one flag, experiment, audience, layer or holdout");
        foreach (ResourceKind kind in ResourceKinds.All.Where(static kind => kind.Singular is not null))
        {
            string identity = kind.Identity.ToUpperInvariant();
            var argument = new Argument<string>($"{identity}-OR-ID") { Description = $"Its {kind.Identity} in the environment, or its id" };
            command.Add(host.With(new Command(kind.Singular!, $"Shows one {kind.Singular}") { argument }, async context =>
            {
                JsonElement found = await new ResourceLookup(context.Api, kind)
                    .FindAsync(context.Value(argument), context.EnvironmentName, context.Cancellation);
                context.Write(found, terminal => terminal.Out.Write(ReadableText.Of(found)));
                return ExitCode.Fine;
            }));
        }

        return command;
    }
}
