using System.CommandLine;
using System.Text.Json;
using Experiments.Cli.Api;
using Experiments.Cli.Resources;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments flag on KEY</c>, <c>experiments flag off KEY</c>.</summary>
internal static class FlagCommand
{
    public static Command Create(CommandHost host) => new("flag", "Turns a flag on or off")
    {
        CreateFor("on", isEnabled: true, "Enables a flag: its rules decide", host),
        CreateFor("off", isEnabled: false, "Disables a flag: everyone gets its off variant", host),
    };

    private static Command CreateFor(string name, bool isEnabled, string description, CommandHost host)
    {
        var key = new Argument<string>("KEY-OR-ID") { Description = "The flag's key in the environment, or its id" };
        return host.With(new Command(name, description) { key }, async context =>
        {
            JsonElement flag = await new ResourceLookup(context.Api, ResourceKinds.Flags)
                .FindAsync(context.Value(key), context.EnvironmentName, context.Cancellation);
            if (flag.IsTrue("archived"))
            {
                throw CliException.Refused($"flag {flag.Text("key")} is archived: nobody gets it, on or off. Take it out of the archive first.");
            }

            ApiAnswer answer = await context.Api.SendAsync(
                HttpMethod.Patch,
                new Query($"flags/{Uri.EscapeDataString(flag.Text("id") ?? "")}"),
                ApiBody.Of(body => body.WriteBoolean("enabled", isEnabled)),
                context.Cancellation);
            ChangedResource.Write(context, answer, $"flag {answer.Text("key")} is {Cells.StateOf(answer.Json)}");
            return ExitCode.Fine;
        });
    }
}
