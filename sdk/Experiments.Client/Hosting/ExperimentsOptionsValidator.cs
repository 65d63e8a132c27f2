using Experiments.Client.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Experiments.Client.Hosting;

/// <summary>Names every fault of one environment's options when the host starts.</summary>
internal sealed class ExperimentsOptionsValidator(string environment, IServiceProviderIsKeyedService services)
    : IValidateOptions<ExperimentsOptions>
{
    public ValidateOptionsResult Validate(string? name, ExperimentsOptions options)
    {
        if (name != environment)
        {
            return ValidateOptionsResult.Skip;
        }

        List<string> faults = [];
        if (!services.IsKeyedService(typeof(ISnapshotSource), environment))
        {
            faults.Add($"AddExperiments(\"{environment}\") has no source: call FromS3, FromDirectory or FromUrl on its result.");
        }

        if (options.PollInterval < ExperimentsOptions.MinPollInterval || options.PollInterval > ExperimentsOptions.MaxPollInterval)
        {
            faults.Add($"PollInterval of \"{environment}\" is {options.PollInterval}; allowed is {ExperimentsOptions.MinPollInterval} "
                + $"to {ExperimentsOptions.MaxPollInterval}.");
        }

        if (options.StaleAfter < options.PollInterval)
        {
            faults.Add($"StaleAfter of \"{environment}\" is {options.StaleAfter}; allowed is PollInterval, {options.PollInterval}, or more.");
        }

        if (options.PushUrl is { } push && !IsWeb(push))
        {
            faults.Add($"PushUrl of \"{environment}\" is '{push}'; allowed is an absolute http or https URL, or null.");
        }

        if (options.LastGoodDirectory is { } directory && string.IsNullOrWhiteSpace(directory))
        {
            faults.Add($"LastGoodDirectory of \"{environment}\" is empty; give a directory, or null to keep no file.");
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static bool IsWeb(Uri url) => url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
