using System.CommandLine;
using System.Text.Json;
using Experiments.Cli.Api;
using Experiments.Cli.Resources;

namespace Experiments.Cli.Commands;

/// <summary><c>experiments experiment start KEY</c> and the like.</summary>
internal static class ExperimentCommand
{
    public static Command Create(CommandHost host) => new("experiment", "Starts, pauses or archives an experiment")
    {
        CreateFor("start", "RUNNING", "Starts or resumes an experiment", host),
        CreateFor("pause", "PAUSED", "Pauses an experiment: nobody is in it until it is started again", host),
        CreateFor("archive", "ARCHIVED", "Ends an experiment for good", host),
    };

    private static Command CreateFor(string name, string status, string description, CommandHost host)
    {
        var key = new Argument<string>("KEY-OR-ID") { Description = "The experiment's key in the environment, or its id" };
        return host.With(new Command(name, description) { key }, async context =>
        {
            JsonElement experiment = await new ResourceLookup(context.Api, ResourceKinds.Experiments)
                .FindAsync(context.Value(key), context.EnvironmentName, context.Cancellation);
            ApiAnswer answer = await context.Api.SendAsync(
                HttpMethod.Patch,
                new Query($"experiments/{Uri.EscapeDataString(experiment.Text("id") ?? "")}/status"),
                ApiBody.Of(body => body.WriteString("status", status)),
                context.Cancellation);
            ChangedResource.Write(context, answer, $"experiment {answer.Text("key")} is {answer.Text("status")}");
            return ExitCode.Fine;
        });
    }
}
